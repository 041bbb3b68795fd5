using Makapix.Device.Payloads;

namespace Makapix.Device.Commands
{
    /// <summary>
    /// What waits to be published, with or without a connection. Acknowledgements have slots of their own, and those of what was not accepted may take only half
    /// of them; while all are taken no command is accepted, so none is ever lost. Everything else tells how the device is, and an older such message is worth nothing
    /// beside a newer one: of each kind one waits, the newest drops the one before it, and the text is made when it is sent.
    /// </summary>
    public sealed class Outbox
    {
        /// <summary>Slots for acknowledgements.</summary>
        public const int AckSlots = 8;

        private readonly byte[][] _acks = new byte[AckSlots][];
        private int _first;
        private int _count;

        // Whether state goes before acknowledgements: they take turns, so that neither keeps the other waiting for ever.
        private bool _stateTurn = true;

        /// <summary>Acknowledgements that wait.</summary>
        public int AckCount => _count;

        /// <summary>Whether a command can be accepted: its acknowledgement has a slot.</summary>
        public bool HasAckSlot => _count < AckSlots;

        /// <summary>Whether the answer to what was not accepted still has a slot.</summary>
        public bool HasErrorAckSlot => _count < AckSlots / 2;

        /// <summary>Whether <c>capabilities</c> is due.</summary>
        public bool CapabilitiesDue { get; private set; }

        /// <summary>Whether <c>state</c> is due.</summary>
        public bool StateDue { get; private set; }

        /// <summary>Whether <c>status</c> is due.</summary>
        public bool StatusDue { get; private set; }

        /// <summary>The oldest acknowledgement that waits; it stays first until it has arrived.</summary>
        public byte[] FirstAck => _acks[_first];

        /// <summary>
        /// What to publish next. Of a new session first capabilities, state and status, in this order: the server must know what a player is before it
        /// hears that it is there. From then on a status that is due goes first, one in a heartbeat: a stream of valid commands must not make the player look
        /// dead. Acknowledgements and state take turns.
        /// </summary>
        public OutboxItem Next =>
            CapabilitiesDue ? OutboxItem.Capabilities
            : StateDue && _stateTurn ? OutboxItem.State
            : StatusDue ? OutboxItem.Status
            : _count > 0 ? OutboxItem.Ack
            : StateDue ? OutboxItem.State : OutboxItem.None;

        /// <summary>A new session: the broker may have lost what it had retained, so all of it is due again.</summary>
        public void RequestPresence()
        {
            CapabilitiesDue = true;
            StateDue = true;
            _stateTurn = true;
            StatusDue = true;
        }

        /// <summary>The state changed.</summary>
        public void RequestState() => StateDue = true;

        /// <summary>A heartbeat is due.</summary>
        public void RequestStatus() => StatusDue = true;

        /// <summary>Adds an acknowledgement; dropped if no slot is free, which the caller has ruled out.</summary>
        public void AddAck(string commandId, string status, string? error)
        {
            if (!HasAckSlot)
            {
                return;
            }

            JsonWriter json = new JsonWriter();
            json.BeginObject();
            json.Text("command_id", commandId);
            json.Text("status", status);
            json.Text("error", error);
            json.EndObject();
            _acks[(_first + _count) % AckSlots] = json.ToBytes();
            _count++;
        }

        /// <summary>An item is on its way. A state that changes from now on is due again.</summary>
        public void Sent(OutboxItem item)
        {
            Mark(item, false);
            _stateTurn = item == OutboxItem.Ack || (_stateTurn && item != OutboxItem.State);
        }

        /// <summary>What became of an item is not known, so it goes again. Whoever reads it has to bear that: QoS 1 may deliver twice anyway.</summary>
        public void Unconfirmed(OutboxItem item) => Mark(item, true);

        /// <summary>An item has arrived at the broker.</summary>
        public void Arrived(OutboxItem item)
        {
            if (item == OutboxItem.Ack)
            {
                RemoveAck();
            }
        }

        /// <summary>The oldest acknowledgement has arrived.</summary>
        public void RemoveAck()
        {
            _first = (_first + 1) % AckSlots;
            _count--;
        }

        private void Mark(OutboxItem item, bool due)
        {
            switch (item)
            {
                case OutboxItem.Capabilities:
                    CapabilitiesDue = due;
                    break;
                case OutboxItem.State:
                    StateDue = due;
                    _stateTurn = due;
                    break;
                case OutboxItem.Status:
                    StatusDue = due;
                    break;
                default:
                    // An acknowledgement keeps its slot until it has arrived.
                    break;
            }
        }
    }
}
