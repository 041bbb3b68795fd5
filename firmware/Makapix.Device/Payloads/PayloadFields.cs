namespace Makapix.Device.Payloads
{
    /// <summary>Where each field of a payload was found: token and range. One instance is used again and again.</summary>
    internal sealed class PayloadFields
    {
        private const int Count = (int)PayloadField.Unknown;

        private readonly JsonToken[] _tokens = new JsonToken[Count];
        private readonly int[] _starts = new int[Count];
        private readonly int[] _ends = new int[Count];

        public void Clear()
        {
            for (int i = 0; i < Count; i++)
            {
                _tokens[i] = JsonToken.None;
            }
        }

        public void Capture(PayloadField field, JsonReader reader)
        {
            if (field != PayloadField.Unknown)
            {
                _tokens[(int)field] = reader.Token;
                _starts[(int)field] = reader.Start;
                _ends[(int)field] = reader.End;
            }
        }

        /// <summary>The token of a field; None if it was not there.</summary>
        public JsonToken Token(PayloadField field) => _tokens[(int)field];

        public int Start(PayloadField field) => _starts[(int)field];

        public int End(PayloadField field) => _ends[(int)field];
    }
}
