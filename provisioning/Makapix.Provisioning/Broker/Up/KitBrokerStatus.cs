using System.Text.Json.Serialization;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>One broker.</summary>
/// <param name="Name">Its name in the description.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="IsAlive">Whether that lives.</param>
/// <param name="IsUp">Whether it answers the front's checks; null where the front does not tell.</param>
/// <param name="Connections">From the front.</param>
/// <param name="MemoryBytes">Of the process, and past what it is ended.</param>
public sealed record KitBrokerStatus(string Name, int ProcessId, bool IsAlive, bool? IsUp, KitUse Connections, KitUse MemoryBytes)
{
    /// <summary>Whether it lives, is not down to the front, and is within its memory.</summary>
    [JsonIgnore]
    public bool IsWell => IsAlive && IsUp is not false && MemoryBytes.Now <= MemoryBytes.Limit;
}
