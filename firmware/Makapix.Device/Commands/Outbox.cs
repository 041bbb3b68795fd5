using Makapix.Device.Payloads;

namespace Makapix.Device.Commands
{
    /// <summary>
    /// What waits to be published. Acknowledgements have slots of their own, and errors may take only half of them; everything else is a state of the
    /// device, so one mark a topic is enough: what is sent is always the newest, and nothing can pile up while there is no connection.
    /// </summary>
    public sealed class Outbox
    {
        /// <summary>Slots for acknowledgements.</summary>
        public const int AckSlots = 8;

        private readonly byte[][] _acks = new byte[AckSlots][];
        private int _first;
        private int _count;

        /// <summary>Acknowledgements that wait.</summary>
        public int AckCount => _count;

        /// <summary>Whether a command can be accepted: its acknowledgement has a slot.</summary>
        public bool HasAckSlot => _count < AckSlots;

        /// <summary>Whether an acknowledgement of failure still has a slot.</summary>
        public bool HasErrorAckSlot => _count < AckSlots / 2;

        /// <summary>Whether <c>capabilities</c> is due.</summary>
        public bool CapabilitiesDue { get; private set; }

        /// <summary>Whether <c>state</c> is due.</summary>
        public bool StateDue { get; private set; }

        /// <summary>Whether <c>status</c> is due.</summary>
        public bool StatusDue { get; private set; }

        /// <summary>The oldest acknowledgement that waits; it stays first until <see cref="RemoveAck"/>.</summary>
        public byte[] FirstAck => _acks[_first];

        /// <summary>A new session: the broker may have lost what it had retained, so all of it is due again.</summary>
        public void RequestPresence()
        {
            CapabilitiesDue = true;
            StateDue = true;
            StatusDue = true;
        }

        /// <summary>The state changed.</summary>
        public void RequestState() => StateDue = true;

        /// <summary>A heartbeat is due.</summary>
        public void RequestStatus() => StatusDue = true;

        /// <summary><c>capabilities</c> is on its way.</summary>
        public void TakeCapabilities() => CapabilitiesDue = false;

        /// <summary><c>state</c> is on its way.</summary>
        public void TakeState() => StateDue = false;

        /// <summary><c>status</c> is on its way.</summary>
        public void TakeStatus() => StatusDue = false;

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

        /// <summary>The oldest acknowledgement has arrived.</summary>
        public void RemoveAck()
        {
            _first = (_first + 1) % AckSlots;
            _count--;
        }
    }
}
