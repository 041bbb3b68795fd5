namespace Makapix.Device.Connection
{
    /// <summary>The topics of one player, as the Makapix protocol names them.</summary>
    public sealed class PlayerTopics
    {
        /// <summary>Longest incoming topic in bytes.</summary>
        public const int MaxLength = 128;

        /// <summary>Creates them.</summary>
        /// <param name="prefix"><c>makapix/player/</c> and the device id.</param>
        public PlayerTopics(string prefix)
        {
            Command = prefix + "/command";
            CommandAck = Command + "/ack";
            Status = prefix + "/status";
            Capabilities = prefix + "/capabilities";
            State = prefix + "/state";
        }

        /// <summary>Commands come in here. The only subscription: what nobody here would read is not let in.</summary>
        public string Command { get; }

        /// <summary>Their acknowledgements.</summary>
        public string CommandAck { get; }

        /// <summary>Presence and health; the last will too.</summary>
        public string Status { get; }

        /// <summary>What the device can do; retained.</summary>
        public string Capabilities { get; }

        /// <summary>What it is set to; retained.</summary>
        public string State { get; }
    }
}
