namespace Makapix.Device.Payloads
{
    /// <summary>What a schema demands of one value.</summary>
    public sealed partial class PayloadGuard
    {
        /// <summary>Holds the value that the reader stands on against a node. False if it is not even of its type.</summary>
        private bool CheckValue(int node)
        {
            JsonToken token = _reader.Token;
            if (token == JsonToken.Number)
            {
                _number.Parse(_data, _reader.Start, _reader.End);
            }

            if (!IsOfType(token, _table[node]))
            {
                Violate(RejectCause.Type, At());
                return false;
            }

            CheckValues(Section(node, SchemaTable.ValuesSection));
            if (token == JsonToken.Number)
            {
                CheckNumber(Section(node, SchemaTable.NumberSection));
            }
            else if (token == JsonToken.String)
            {
                CheckString(Section(node, SchemaTable.StringSection));
            }

            return true;
        }

        // Of a string or name, its quote.
        private int At() => _reader.Token == JsonToken.String || _reader.Token == JsonToken.Name ? _reader.Start - 1 : _reader.Start;

        private bool IsOfType(JsonToken token, int types)
        {
            switch (token)
            {
                case JsonToken.BeginObject: return (types & SchemaTable.Object) != 0;
                case JsonToken.BeginArray: return (types & SchemaTable.Array) != 0;
                case JsonToken.String: return (types & SchemaTable.String) != 0;
                case JsonToken.Number: return (types & SchemaTable.Number) != 0 || ((types & SchemaTable.Integer) != 0 && _number.IsInteger);
                case JsonToken.Null: return (types & SchemaTable.Null) != 0;
                default: return (types & SchemaTable.Boolean) != 0;
            }
        }

        private void CheckValues(int section)
        {
            if (section == 0)
            {
                return;
            }

            int count = _table[section + 1];
            for (int i = 0; i < count; i++)
            {
                if (MatchesValue(U16(section + 2 + (i * 2))))
                {
                    return;
                }
            }

            Violate(RejectCause.Value, At());
        }

        private bool MatchesValue(int text)
        {
            switch ((char)_table[text + 1])
            {
                case '"': return _reader.Token == JsonToken.String && MatchesText(text, 1);
                case 't': return _reader.Token == JsonToken.True;
                case 'f': return _reader.Token == JsonToken.False;
                case 'n': return _reader.Token == JsonToken.Null;
                default: return _reader.Token == JsonToken.Number && CompareTo(text) == 0;
            }
        }

        /// <summary>Whether the string or name that the reader stands on means a text of the table, without its first <paramref name="skip"/> bytes.</summary>
        private bool MatchesText(int text, int skip) =>
            JsonText.Same(_data, _reader.Start, _reader.End, _table, text + 1 + skip, text + 1 + _table[text]);

        private int CompareTo(int text)
        {
            _bound.Parse(_table, text + 1, text + 1 + _table[text]);
            return _number.CompareTo(_bound);
        }

        private void CheckNumber(int section)
        {
            if (section == 0)
            {
                return;
            }

            int marks = _table[section + 1];
            int at = section + 2;
            if ((marks & SchemaTable.Minimum) != 0)
            {
                int order = CompareTo(U16(at));
                at += 2;
                if (order < 0 || (order == 0 && (marks & SchemaTable.ExclusiveMinimum) != 0))
                {
                    Violate(RejectCause.Range, At());
                }
            }

            if ((marks & SchemaTable.Maximum) != 0)
            {
                int order = CompareTo(U16(at));
                at += 2;
                if (order > 0 || (order == 0 && (marks & SchemaTable.ExclusiveMaximum) != 0))
                {
                    Violate(RejectCause.Range, At());
                }
            }

            if ((marks & SchemaTable.MultipleOf) != 0 && !_number.IsMultipleOf(U16(at) | (U16(at + 2) << 16)))
            {
                Violate(RejectCause.MultipleOf, At());
            }
        }

        private void CheckString(int section)
        {
            if (section == 0)
            {
                return;
            }

            int least = U16(section + 1);
            int most = U16(section + 3);
            if (least > 0 || most != SchemaTable.Unlimited)
            {
                // JSON Schema counts characters, not bytes.
                int length = JsonText.Length(_data, _reader.Start, _reader.End);
                if (length < least || length > most)
                {
                    Violate(RejectCause.Length, At());
                }
            }

            if (!HasFormat(_table[section + 5]))
            {
                Violate(RejectCause.Format, At());
            }
        }

        private bool HasFormat(int format)
        {
            switch (format)
            {
                case SchemaTable.UuidFormat: return Uuid.TryParse(_data, _reader.Start, _reader.End, _uuid);
                case SchemaTable.DateTimeFormat: return Rfc3339.Parse(_data, _reader.Start, _reader.End) != Rfc3339.None;
                default: return true;
            }
        }
    }
}
