namespace Makapix.Device.Payloads
{
    /// <summary>
    /// Where each value that the schema names was found, so that nobody reads the payload twice: token and range, by the slots that the compiler gave out.
    /// Good until the next payload; the bytes are the caller's.
    /// </summary>
    public sealed class PayloadFields
    {
        private readonly JsonToken[] _tokens;
        private readonly int[] _starts;
        private readonly int[] _ends;
        private readonly JsonNumber _number = new JsonNumber();
        private byte[] _data = new byte[0];

        internal PayloadFields(int count)
        {
            _tokens = new JsonToken[count];
            _starts = new int[count];
            _ends = new int[count];
        }

        /// <summary>What was found: <see cref="JsonToken.None"/> if nothing.</summary>
        public JsonToken Token(int slot) => _tokens[slot];

        /// <summary>Whether a string was found that means <paramref name="text"/>, which is ASCII.</summary>
        public bool Means(int slot, string text) => IsString(slot) && JsonText.Means(_data, _starts[slot], _ends[slot], text);

        /// <summary>The number that was found; false if there is none, it has a fraction, or it does not fit.</summary>
        public bool TryInt32(int slot, out int value)
        {
            value = 0;
            if (_tokens[slot] != JsonToken.Number)
            {
                return false;
            }

            _number.Parse(_data, _starts[slot], _ends[slot]);
            return _number.TryInt32(out value);
        }

        /// <summary>The UUID that was found, into 16 bytes, and its text as it was sent, into 36.</summary>
        internal bool TryUuid(int slot, byte[] value, byte[] text) =>
            IsString(slot) && Uuid.TryParse(_data, _starts[slot], _ends[slot], value) && JsonText.CopyAscii(_data, _starts[slot], _ends[slot], text) == Uuid.TextLength;

        /// <summary>The date-time that was found, Unix seconds; <see cref="Rfc3339.None"/> if there is none.</summary>
        internal long DateTime(int slot) => IsString(slot) ? Rfc3339.Parse(_data, _starts[slot], _ends[slot]) : Rfc3339.None;

        internal void Reset(byte[] data)
        {
            _data = data;
            for (int i = 0; i < _tokens.Length; i++)
            {
                _tokens[i] = JsonToken.None;
            }
        }

        internal void Capture(int slot, JsonReader reader)
        {
            _tokens[slot] = reader.Token;
            _starts[slot] = reader.Start;
            _ends[slot] = reader.End;
        }

        private bool IsString(int slot) => _tokens[slot] == JsonToken.String;
    }
}
