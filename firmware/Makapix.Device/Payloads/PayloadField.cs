namespace Makapix.Device.Payloads
{
    /// <summary>The fields that the guard captures in its one pass.</summary>
    internal enum PayloadField
    {
        CommandId,
        CommandType,
        Payload,
        Timestamp,
        Value,

        /// <summary>A name that no schema knows: servers may grow fields.</summary>
        Unknown,
    }
}
