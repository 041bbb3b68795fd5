namespace Makapix.Device.Payloads
{
    /// <summary>
    /// Strict RFC 8259 over bytes: one pass, no recursion, nothing allocated, nothing thrown. Goes on from token to token; a token is a
    /// range of the caller's buffer. Text must be well-formed UTF-8 (RFC 3629), and its escapes well-formed UTF-16.
    /// nanoFramework.Json is not used: it accepts what the RFC forbids and refuses escapes that the RFC demands.
    /// </summary>
    public sealed partial class JsonReader
    {
        /// <summary>Deepest nesting of objects and arrays.</summary>
        public const int MaxDepth = 16;

        private byte[] _data = new byte[0];
        private int _at;
        private int _end;
        private int _objects; // one bit a level: set where the level is an object
        private Expect _expect;

        private enum Expect
        {
            Value,
            ValueOrEnd,
            Name,
            NameOrEnd,
            CommaOrEnd,
            Nothing,
        }

        /// <summary>The token that <see cref="Read"/> found.</summary>
        public JsonToken Token { get; private set; }

        /// <summary>First byte of the token; of a string, after the quote.</summary>
        public int Start { get; private set; }

        /// <summary>Byte after the token; of a string, the closing quote.</summary>
        public int End { get; private set; }

        /// <summary>Objects and arrays that are open, the one that begins with this token included, the one that ends with it not.</summary>
        public int Depth { get; private set; }

        /// <summary>Why <see cref="Read"/> stopped: <see cref="RejectCause.None"/> if the text is whole.</summary>
        public RejectCause Cause { get; private set; }

        /// <summary>Where it stopped.</summary>
        public int Position => _at;

        /// <summary>Begins with a new text.</summary>
        public void Reset(byte[] data, int offset, int length)
        {
            _data = data;
            _at = offset;
            _end = offset + length;
            _objects = 0;
            _expect = Expect.Value;
            Token = JsonToken.None;
            Depth = 0;
            Cause = RejectCause.None;
        }

        /// <summary>Goes to the next token. False at the end of the text, and for ever after the first error.</summary>
        public bool Read()
        {
            Token = JsonToken.None;
            if (Cause != RejectCause.None || !SkipSpace())
            {
                return false;
            }

            byte b = _data[_at];
            if (_expect == Expect.CommaOrEnd && b == ',')
            {
                _expect = InObject ? Expect.Name : Expect.Value;
                _at++;
                if (!SkipSpace())
                {
                    return false;
                }

                b = _data[_at];
            }

            switch (_expect)
            {
                case Expect.Nothing:
                    return Fail(RejectCause.Trailing);
                case Expect.CommaOrEnd:
                    return Close(b);
                case Expect.NameOrEnd:
                    return b == '}' ? Close(b) : ReadName(b);
                case Expect.Name:
                    return ReadName(b);
                case Expect.ValueOrEnd:
                    return b == ']' ? Close(b) : ReadValue(b);
                default:
                    return ReadValue(b);
            }
        }

        /// <summary>Goes back to the first member of an object that has just ended, so that it is read once more.</summary>
        /// <param name="start">Where its first token can be: after its brace.</param>
        public void Rewind(int start)
        {
            _at = start;
            Depth++;
            _objects |= 1 << Depth;
            _expect = Expect.NameOrEnd;
        }

        private bool InObject => Depth > 0 && (_objects & (1 << Depth)) != 0;

        /// <summary>False if the text ends here: that is an error unless nothing is expected.</summary>
        private bool SkipSpace()
        {
            while (_at < _end && (_data[_at] == ' ' || _data[_at] == '\n' || _data[_at] == '\r' || _data[_at] == '\t'))
            {
                _at++;
            }

            return _at < _end || (_expect != Expect.Nothing && Fail(RejectCause.Syntax));
        }

        private bool ReadName(byte b)
        {
            if (b != '"')
            {
                return Fail(RejectCause.Syntax);
            }

            if (!ReadString(JsonToken.Name) || !SkipSpace())
            {
                return false;
            }

            if (_data[_at] != ':')
            {
                return Fail(RejectCause.Syntax);
            }

            _at++;
            _expect = Expect.Value;
            return true;
        }

        private bool ReadValue(byte b)
        {
            switch ((char)b)
            {
                case '{':
                    return Open(JsonToken.BeginObject, Expect.NameOrEnd);
                case '[':
                    return Open(JsonToken.BeginArray, Expect.ValueOrEnd);
                case '"':
                    return ReadString(JsonToken.String) && EndValue();
                case 't':
                    return ReadLiteral(JsonToken.True, "true") && EndValue();
                case 'f':
                    return ReadLiteral(JsonToken.False, "false") && EndValue();
                case 'n':
                    return ReadLiteral(JsonToken.Null, "null") && EndValue();
                default:
                    return ReadNumber() && EndValue();
            }
        }

        private bool Open(JsonToken token, Expect expect)
        {
            if (Depth == MaxDepth)
            {
                return Fail(RejectCause.Depth);
            }

            Depth++;
            int level = 1 << Depth;
            _objects = token == JsonToken.BeginObject ? _objects | level : _objects & ~level;
            _expect = expect;
            return Found(token, _at, ++_at);
        }

        private bool Close(byte b)
        {
            if (b != (InObject ? '}' : ']'))
            {
                return Fail(RejectCause.Syntax);
            }

            Depth--;
            EndValue();
            return Found(b == '}' ? JsonToken.EndObject : JsonToken.EndArray, _at, ++_at);
        }

        private bool EndValue()
        {
            _expect = Depth == 0 ? Expect.Nothing : Expect.CommaOrEnd;
            return true;
        }

        private bool Found(JsonToken token, int start, int end)
        {
            Token = token;
            Start = start;
            End = end;
            return true;
        }

        private bool Fail(RejectCause cause)
        {
            Cause = cause;
            Token = JsonToken.None;
            return false;
        }
    }
}
