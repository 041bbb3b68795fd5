namespace Makapix.Device.Payloads
{
    /// <summary>
    /// Judges a <c>command</c> payload before anything acts on it: size, then the whole text as RFC 8259 in one pass that captures the known fields
    /// as ranges, then envelope, type and that type's schema. The rules are those of <c>firmware/schemas/command.schema.json</c>, and each
    /// comment names its clause there. Nothing is allocated for a payload, nothing is thrown, whatever the bytes.
    /// </summary>
    public sealed class CommandGuard
    {
        /// <summary>Longest payload in bytes.</summary>
        public const int MaxPayload = 8192;

        private const int MaxTypeLength = 32;
        private const int MaxTimestampLength = 64;

        private readonly JsonReader _reader = new JsonReader();
        private readonly MemberNames _names = new MemberNames();
        private readonly PayloadFields _fields = new PayloadFields();
        private readonly byte[] _commandId = new byte[Uuid.Length];
        private readonly byte[] _commandIdText = new byte[Uuid.TextLength];
        private readonly byte[] _timestamp = new byte[MaxTimestampLength];
        private byte[] _data = new byte[0];

        /// <summary>Whether the last payload was valid JSON with a valid command id: only then can it be acknowledged at all.</summary>
        public bool HasCommandId { get; private set; }

        /// <summary>The command id as it was sent. Allocates: ask once, and only to acknowledge.</summary>
        public string CommandIdText => HasCommandId ? System.Text.Encoding.UTF8.GetString(_commandIdText, 0, Uuid.TextLength) : "";

        /// <summary>The 16 bytes of the command id; the guard's own array, good until the next payload.</summary>
        public byte[] CommandId => _commandId;

        /// <summary>When the command was issued, Unix seconds.</summary>
        public long IssuedAt { get; private set; }

        /// <summary>Its type.</summary>
        public CommandType Type { get; private set; }

        /// <summary><c>payload.value</c> of <see cref="CommandType.SetBrightness"/>.</summary>
        public int Value { get; private set; }

        /// <summary>Judges one payload. The members above hold for it until the next.</summary>
        public RejectCause Inspect(byte[] data, int offset, int length)
        {
            HasCommandId = false;
            Type = CommandType.Unknown;
            if (length > MaxPayload)
            {
                return RejectCause.Oversize;
            }

            _data = data;
            _fields.Clear();
            RejectCause cause = Scan(offset, length);
            if (cause == RejectCause.None)
            {
                cause = CheckEnvelope();
            }

            if (cause == RejectCause.None)
            {
                cause = CheckPayload();
            }

            _data = _commandIdText; // do not keep the caller's buffer alive
            return cause;
        }

        private RejectCause Scan(int offset, int length)
        {
            _reader.Reset(_data, offset, length);
            _names.Clear();
            PayloadField field = PayloadField.Unknown;
            bool inPayload = false;
            while (_reader.Read())
            {
                int depth = _reader.Depth;
                switch (_reader.Token)
                {
                    case JsonToken.Name:
                        RejectCause cause = _names.Add(_data, _reader.Start, _reader.End, depth);
                        if (cause != RejectCause.None)
                        {
                            return cause;
                        }

                        field = Known(depth, inPayload);
                        break;
                    case JsonToken.BeginObject:
                    case JsonToken.BeginArray:
                        // The top value itself is no field; that it is an object, the envelope's fields prove.
                        _fields.Capture(field, _reader);
                        inPayload = inPayload || (depth == 2 && field == PayloadField.Payload);
                        field = PayloadField.Unknown;
                        _names.Open(depth);
                        break;
                    case JsonToken.EndObject:
                    case JsonToken.EndArray:
                        _names.Close(depth + 1);
                        inPayload = inPayload && depth >= 2;
                        break;
                    default:
                        _fields.Capture(field, _reader);
                        field = PayloadField.Unknown;
                        break;
                }
            }

            return _reader.Cause;
        }

        private PayloadField Known(int depth, bool inPayload)
        {
            if (depth == 2 && inPayload)
            {
                return IsName("value") ? PayloadField.Value : PayloadField.Unknown;
            }

            if (depth != 1)
            {
                return PayloadField.Unknown;
            }

            return IsName("command_id") ? PayloadField.CommandId
                : IsName("command_type") ? PayloadField.CommandType
                : IsName("payload") ? PayloadField.Payload
                : IsName("timestamp") ? PayloadField.Timestamp
                : PayloadField.Unknown;
        }

        private bool IsName(string name) => JsonText.Means(_data, _reader.Start, _reader.End, name);

        private RejectCause CheckEnvelope()
        {
            // properties/command_id: type string, format uuid
            HasCommandId = Copy(PayloadField.CommandId, _commandIdText) == Uuid.TextLength && Uuid.TryParse(_commandIdText, Uuid.TextLength, _commandId);

            // properties/command_type: type string, minLength, maxLength
            int typeStart = _fields.Start(PayloadField.CommandType);
            int typeEnd = _fields.End(PayloadField.CommandType);
            bool hasType = _fields.Token(PayloadField.CommandType) == JsonToken.String && typeEnd > typeStart
                && JsonText.Length(_data, typeStart, typeEnd) <= MaxTypeLength;

            // properties/payload: type object
            bool hasPayload = _fields.Token(PayloadField.Payload) == JsonToken.BeginObject;

            // properties/timestamp: type string, format date-time, maxLength
            int length = Copy(PayloadField.Timestamp, _timestamp);
            IssuedAt = length > 0 ? Rfc3339.Parse(_timestamp, length) : -1;

            // required
            return HasCommandId && hasType && hasPayload && IssuedAt >= 0 ? RejectCause.None : RejectCause.Envelope;
        }

        private int Copy(PayloadField field, byte[] into) =>
            _fields.Token(field) == JsonToken.String ? JsonText.CopyAscii(_data, _fields.Start(field), _fields.End(field), into) : -1;

        private RejectCause CheckPayload()
        {
            // oneOf, by the const of command_type
            if (!JsonText.Means(_data, _fields.Start(PayloadField.CommandType), _fields.End(PayloadField.CommandType), "set_brightness"))
            {
                return RejectCause.Unsupported;
            }

            Type = CommandType.SetBrightness;

            // $defs/set_brightness: required value, type integer, minimum and maximum those of an Int32
            if (_fields.Token(PayloadField.Value) != JsonToken.Number
                || !JsonNumber.TryInt32(_data, _fields.Start(PayloadField.Value), _fields.End(PayloadField.Value), out int value))
            {
                return RejectCause.Schema;
            }

            Value = value;
            return RejectCause.None;
        }
    }
}
