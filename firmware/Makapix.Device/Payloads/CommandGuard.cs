using System.Text;

namespace Makapix.Device.Payloads
{
    /// <summary>The guard of the <c>command</c> topic, and what a command says. Its members hold until the next payload.</summary>
    public sealed class CommandGuard
    {
        private readonly PayloadGuard _guard;
        private readonly byte[] _commandId = new byte[Uuid.Length];
        private readonly byte[] _commandIdText = new byte[Uuid.TextLength];

        /// <summary>Creates it.</summary>
        /// <param name="seed">Any number that a sender cannot know.</param>
        public CommandGuard(int seed)
        {
            _guard = new PayloadGuard(SchemaTables.Command(), seed);
        }

        /// <summary>Whether the last payload was well-formed and has a valid command id: only then can it be acknowledged at all.</summary>
        public bool HasCommandId { get; private set; }

        /// <summary>The command id as it was sent. Allocates: ask once, and only to acknowledge.</summary>
        public string CommandIdText => HasCommandId ? Encoding.UTF8.GetString(_commandIdText, 0, Uuid.TextLength) : "";

        /// <summary>The 16 bytes of the command id; the guard's own array.</summary>
        public byte[] CommandId => _commandId;

        /// <summary>When a valid command was issued, Unix seconds.</summary>
        public long IssuedAt { get; private set; }

        /// <summary>Its type.</summary>
        public CommandType Type { get; private set; }

        /// <summary>Its values, by the slots of <see cref="SchemaTables"/>.</summary>
        public PayloadFields Fields => _guard.Fields;

        /// <summary>Where in the payload the cause of its rejection lies, in bytes.</summary>
        public int Position => _guard.Position;

        /// <summary>Judges one payload.</summary>
        public RejectCause Inspect(byte[] data, int offset, int length)
        {
            RejectCause cause = _guard.Inspect(data, offset, length);
            HasCommandId = _guard.IsReadable && Fields.TryUuid(SchemaTables.CommandCommandId, _commandId, _commandIdText);
            bool valid = cause == RejectCause.None;
            IssuedAt = valid ? Fields.DateTime(SchemaTables.CommandTimestamp) : 0;
            Type = valid ? TypeOfCommand() : CommandType.None;
            return cause;
        }

        private CommandType TypeOfCommand() =>
            Is("set_paused") ? CommandType.SetPaused
            : Is("set_brightness") ? CommandType.SetBrightness
            : Is("set_rotation") ? CommandType.SetRotation
            : Is("set_mirror") ? CommandType.SetMirror
            : CommandType.Display;

        private bool Is(string type) => Fields.Means(SchemaTables.CommandCommandType, type);
    }
}
