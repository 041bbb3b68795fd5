namespace Makapix.Device.Commands
{
    /// <summary>What can wait in the <see cref="Outbox"/>.</summary>
    public enum OutboxItem
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>An acknowledgement of a command.</summary>
        Ack,

        /// <summary>What the device can be told to do; retained.</summary>
        Capabilities,

        /// <summary>What it is set to; retained.</summary>
        State,

        /// <summary>Presence and health: the telemetry.</summary>
        Status,
    }
}
