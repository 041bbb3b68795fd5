namespace Makapix.Device.Payloads
{
    /// <summary>Strings, numbers and literals.</summary>
    public sealed partial class JsonReader
    {
        private bool ReadLiteral(JsonToken token, string literal)
        {
            int start = _at;
            for (int i = 0; i < literal.Length; i++)
            {
                if (_at >= _end || _data[_at] != literal[i])
                {
                    return Fail(RejectCause.Syntax);
                }

                _at++;
            }

            return Found(token, start, _at);
        }

        /// <summary>RFC 8259, section 6: no leading zero, no plus, a digit on both sides of the point.</summary>
        private bool ReadNumber()
        {
            int start = _at;
            if (_data[_at] == '-')
            {
                _at++;
            }

            int first = _at;
            if (!SkipDigits() || (_data[first] == '0' && _at > first + 1))
            {
                return Fail(RejectCause.Syntax);
            }

            if (_at < _end && _data[_at] == '.')
            {
                _at++;
                if (!SkipDigits())
                {
                    return Fail(RejectCause.Syntax);
                }
            }

            if (_at < _end && (_data[_at] == 'e' || _data[_at] == 'E'))
            {
                _at++;
                if (_at < _end && (_data[_at] == '+' || _data[_at] == '-'))
                {
                    _at++;
                }

                if (!SkipDigits())
                {
                    return Fail(RejectCause.Syntax);
                }
            }

            return Found(JsonToken.Number, start, _at);
        }

        private bool SkipDigits()
        {
            int first = _at;
            while (_at < _end && _data[_at] >= '0' && _data[_at] <= '9')
            {
                _at++;
            }

            return _at > first;
        }

        private bool ReadString(JsonToken token)
        {
            int start = ++_at;
            while (_at < _end)
            {
                byte b = _data[_at];
                if (b == '"')
                {
                    return Found(token, start, _at++);
                }

                if (b < ' ')
                {
                    return Fail(RejectCause.Syntax);
                }

                if (b == '\\' ? !SkipEscape() : !SkipCharacter(b))
                {
                    return false;
                }
            }

            return Fail(RejectCause.Syntax);
        }

        private bool SkipEscape()
        {
            if (_at + 1 >= _end)
            {
                return Fail(RejectCause.Syntax);
            }

            byte kind = _data[_at + 1];
            if (kind == 'u')
            {
                return SkipUnicodeEscape();
            }

            if (kind != '"' && kind != '\\' && kind != '/' && kind != 'b' && kind != 'f' && kind != 'n' && kind != 'r' && kind != 't')
            {
                return Fail(RejectCause.Syntax);
            }

            _at += 2;
            return true;
        }

        /// <summary>A \u escape; if it is a high surrogate, the low one that must follow too.</summary>
        private bool SkipUnicodeEscape()
        {
            int unit = JsonText.CodeUnit(_data, _at, _end);
            if (unit < 0)
            {
                return Fail(RejectCause.Syntax);
            }

            if (unit >= 0xD800 && unit <= 0xDBFF)
            {
                int low = JsonText.CodeUnit(_data, _at + 6, _end);
                if (low < 0xDC00 || low > 0xDFFF)
                {
                    return Fail(RejectCause.Text);
                }

                _at += 6;
            }
            else if (unit >= 0xDC00 && unit <= 0xDFFF)
            {
                return Fail(RejectCause.Text);
            }

            _at += 6;
            return true;
        }

        /// <summary>One character of UTF-8 (RFC 3629, section 4).</summary>
        private bool SkipCharacter(byte first)
        {
            if (first < 0x80)
            {
                _at++;
                return true;
            }

            int more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
            if (first < 0xC2 || first > 0xF4 || _at + more >= _end)
            {
                return Fail(RejectCause.Text);
            }

            // The second byte is where overlong forms (E0, F0), surrogates (ED) and what is past U+10FFFF (F4) show.
            int second = _data[_at + 1];
            int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
            int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
            bool valid = second >= least && second <= most;
            for (int i = 2; i <= more; i++)
            {
                valid = valid && (_data[_at + i] & 0xC0) == 0x80;
            }

            if (!valid)
            {
                return Fail(RejectCause.Text);
            }

            _at += more + 1;
            return true;
        }
    }
}
