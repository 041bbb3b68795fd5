namespace Makapix.Device.Payloads
{
    /// <summary>
    /// Judges payloads by one compiled schema (<see cref="SchemaTable"/>) before anything acts on them: size, strict RFC 8259, and the schema, which also
    /// refuses a name that comes twice in one object. The schema is held against the tokens as they are read, so the bytes are passed once; only an object
    /// whose discriminator comes after what it decides is read once more. Nothing is allocated for a payload, nothing recurses, nothing is thrown, whatever the bytes.
    /// </summary>
    public sealed partial class PayloadGuard
    {
        /// <summary>Longest payload in bytes.</summary>
        public const int MaxPayload = 8192;

        /// <summary>Most names of all objects that are open at a time.</summary>
        public const int MaxOpenNames = 256;

        private const int Levels = JsonReader.MaxDepth + 1;

        private readonly byte[] _table;
        private readonly JsonReader _reader = new JsonReader();
        private readonly MemberNames _names;
        private readonly JsonNumber _number = new JsonNumber();
        private readonly JsonNumber _bound = new JsonNumber();
        private readonly byte[] _uuid = new byte[Uuid.Length];

        // One entry for each level of nesting: what it must satisfy, and how far it got.
        private readonly int[] _node = new int[Levels];
        private readonly int[] _start = new int[Levels];
        private readonly int[] _count = new int[Levels]; // members or items so far
        private readonly int[] _seen = new int[Levels]; // one bit for each property of the schema
        private readonly bool[] _late = new bool[Levels]; // something was read that the discriminator decides, and it had not come yet
        private readonly bool[] _isObject = new bool[Levels];

        // The member whose value comes next.
        private int _memberNode;
        private int _memberSlot;
        private bool _memberDecides;

        private byte[] _data = new byte[0];
        private int _offset;

        /// <summary>Creates a guard.</summary>
        /// <param name="table">The compiled schema, one of <see cref="SchemaTables"/>.</param>
        /// <param name="seed">Any number that a sender cannot know.</param>
        public PayloadGuard(byte[] table, int seed)
        {
            _table = table;
            _names = new MemberNames(seed);
            Fields = new PayloadFields(table[SchemaTable.SlotCountAt]);
        }

        /// <summary>The verdict on the last payload: <see cref="RejectCause.None"/> if it is valid.</summary>
        public RejectCause Cause { get; private set; }

        /// <summary>Where in the payload the cause lies, in bytes: the value or name that is wrong, the object or array that lacks something.</summary>
        public int Position { get; private set; }

        /// <summary>What was found in the last payload. To be believed only as far as <see cref="Cause"/> allows.</summary>
        public PayloadFields Fields { get; }

        /// <summary>Whether the last payload was well-formed and its names unambiguous, so that what was captured of it may be quoted in an answer.</summary>
        public bool IsReadable => Cause == RejectCause.None || Cause > RejectCause.TooManyNames;

        /// <summary>Judges one payload.</summary>
        public RejectCause Inspect(byte[] data, int offset, int length)
        {
            Cause = RejectCause.None;
            Position = 0;
            Fields.Reset(data);
            if (length > MaxPayload)
            {
                Cause = RejectCause.Oversize;
                Position = MaxPayload;
                return Cause;
            }

            _data = data;
            _offset = offset;
            _names.Reset(data, offset);
            _reader.Reset(data, offset, length);
            while (_reader.Read())
            {
                switch (_reader.Token)
                {
                    case JsonToken.Name:
                        TakeName();
                        break;
                    case JsonToken.EndObject:
                    case JsonToken.EndArray:
                        EndContainer(_reader.Depth + 1);
                        break;
                    default:
                        TakeValue();
                        break;
                }
            }

            if (_reader.Cause != RejectCause.None)
            {
                // The text comes first: whatever its schema says, this is not even JSON.
                Cause = _reader.Cause;
                Position = _reader.Position - offset;
            }

            return Cause;
        }

        /// <summary>A rule is broken. The first one is reported; reading goes on, for the text may be broken too.</summary>
        private void Violate(RejectCause cause, int at)
        {
            // Of what is ambiguous nothing can be believed, not even what is wrong with it; a type that this device does not know is the mildest of reproaches.
            bool graver = (cause <= RejectCause.TooManyNames && Cause > RejectCause.TooManyNames) || (Cause == RejectCause.Unsupported && cause != Cause);
            if (Cause == RejectCause.None || graver)
            {
                Cause = cause;
                Position = at - _offset;
            }
        }

        private void TakeValue()
        {
            bool container = _reader.Token == JsonToken.BeginObject || _reader.Token == JsonToken.BeginArray;
            int parent = container ? _reader.Depth - 1 : _reader.Depth;
            int slot = SchemaTable.NoSlot;
            bool decides = false;
            int node;
            if (parent == 0)
            {
                node = U16(0);
            }
            else if (_isObject[parent])
            {
                node = _memberNode;
                slot = _memberSlot;
                decides = _memberDecides;
            }
            else
            {
                node = ItemNode(parent);
            }

            if (slot != SchemaTable.NoSlot)
            {
                Fields.Capture(slot, _reader);
            }

            bool known = node != SchemaTable.Any && CheckValue(node);
            if (decides)
            {
                Decide(parent);
            }

            if (container)
            {
                BeginContainer(known ? node : SchemaTable.Any);
            }
        }

        private void BeginContainer(int node)
        {
            int depth = _reader.Depth;
            _node[depth] = node;
            _start[depth] = _reader.Start;
            _isObject[depth] = _reader.Token == JsonToken.BeginObject;
            Enter(depth);
        }

        private void Enter(int depth)
        {
            _count[depth] = 0;
            _seen[depth] = 0;
            _late[depth] = false;
            _names.Open(depth);
        }

        private void EndContainer(int depth)
        {
            _names.Close(depth);
            int node = _node[depth];
            if (node == SchemaTable.Any)
            {
                return;
            }

            if (!_isObject[depth])
            {
                CheckLeast(Section(node, SchemaTable.ArraySection), depth, RejectCause.Items);
            }
            else if (_late[depth] && Section(node, SchemaTable.SwitchSection) == 0)
            {
                // The discriminator came after what it decides, and has been found: once more, knowing the branch.
                _reader.Rewind(_start[depth] + 1);
                Enter(depth);
            }
            else
            {
                EndObject(node, depth);
            }
        }

        private void CheckLeast(int section, int depth, RejectCause cause)
        {
            if (section != 0 && _count[depth] < U16(section + 1))
            {
                Violate(cause, _start[depth]);
            }
        }

        /// <summary>One more member or item: whether there may be so many.</summary>
        private void CheckMost(int section, int depth, RejectCause cause)
        {
            _count[depth]++;
            if (section != 0 && U16(section + 3) != SchemaTable.Unlimited && _count[depth] > U16(section + 3))
            {
                Violate(cause, At());
            }
        }

        private int ItemNode(int depth)
        {
            int node = _node[depth];
            int section = node == SchemaTable.Any ? 0 : Section(node, SchemaTable.ArraySection);
            if (section == 0)
            {
                return SchemaTable.Any;
            }

            int index = _count[depth];
            CheckMost(section, depth, RejectCause.Items);
            int item = index < _table[section + 7] ? U16(section + SchemaTable.ArrayEntries + (index * SchemaTable.ArrayEntry)) : U16(section + 5);
            if (item == SchemaTable.Nothing)
            {
                Violate(RejectCause.Items, At());
                return SchemaTable.Any;
            }

            return item;
        }

        /// <summary>Where a section of a node begins; 0 if the node has none.</summary>
        private int Section(int node, int wanted)
        {
            int sections = _table[node + 1];
            if ((sections & wanted) == 0)
            {
                return 0;
            }

            int at = node + 2;
            for (int section = 1; section < wanted; section <<= 1)
            {
                at += (sections & section) != 0 ? _table[at] : 0;
            }

            return at;
        }

        private int U16(int at) => _table[at] | (_table[at + 1] << 8);
    }
}
