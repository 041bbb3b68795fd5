using System.Text;

namespace Makapix.Device.Payloads
{
    /// <summary>Writes the small objects this device publishes: ASCII only, everything else escaped.</summary>
    public sealed class JsonWriter
    {
        private const string Hex = "0123456789abcdef";

        private readonly StringBuilder _text = new StringBuilder();
        private bool _comma;

        /// <summary>Begins the outermost object.</summary>
        public void BeginObject() => Begin();

        /// <summary>Begins an object that is a member.</summary>
        public void BeginObject(string name)
        {
            Name(name);
            Begin();
        }

        /// <summary>Ends the innermost object.</summary>
        public void EndObject()
        {
            _text.Append('}');
            _comma = true;
        }

        /// <summary>A member that is a string, or null.</summary>
        public void Text(string name, string? value)
        {
            Name(name);
            if (value == null)
            {
                _text.Append("null");
            }
            else
            {
                String(value);
            }
        }

        /// <summary>A member that is a whole number.</summary>
        public void Number(string name, long value)
        {
            Name(name);
            _text.Append(value);
        }

        /// <summary>The text so far.</summary>
        public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());

        private void Begin()
        {
            _text.Append('{');
            _comma = false;
        }

        private void Name(string name)
        {
            if (_comma)
            {
                _text.Append(',');
            }

            String(name);
            _text.Append(':');
            _comma = true;
        }

        private void String(string value)
        {
            _text.Append('"');
            for (int i = 0; i < value.Length; i++)
            {
                char c = value[i];
                if (c == '"' || c == '\\')
                {
                    _text.Append('\\').Append(c);
                }
                else if (c >= ' ' && c < 0x7F)
                {
                    _text.Append(c);
                }
                else
                {
                    _text.Append("\\u").Append(Hex[c >> 12]).Append(Hex[(c >> 8) & 15]).Append(Hex[(c >> 4) & 15]).Append(Hex[c & 15]);
                }
            }

            _text.Append('"');
        }
    }
}
