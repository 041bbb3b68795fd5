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

        /// <summary>A member that is true or false.</summary>
        public void Boolean(string name, bool value)
        {
            Name(name);
            _text.Append(value ? "true" : "false");
        }

        /// <summary>A member that is a list of whole numbers.</summary>
        public void Numbers(string name, int[] values)
        {
            Name(name);
            _text.Append('[');
            for (int i = 0; i < values.Length; i++)
            {
                Separate(i);
                _text.Append(values[i]);
            }

            _text.Append(']');
        }

        /// <summary>A member that is a list of strings.</summary>
        public void Texts(string name, string[] values)
        {
            Name(name);
            _text.Append('[');
            for (int i = 0; i < values.Length; i++)
            {
                Separate(i);
                String(values[i]);
            }

            _text.Append(']');
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
            Separate(_comma ? 1 : 0);
            String(name);
            _text.Append(':');
            _comma = true;
        }

        private void Separate(int before)
        {
            if (before > 0)
            {
                _text.Append(',');
            }
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
