namespace Makapix.Cli.Fleet;

/// <summary>What a device of a simulated fleet does that is counted.</summary>
internal enum FleetEventKind
{
    /// <summary>It begins a TCP connection to the broker.</summary>
    Attempt,

    /// <summary>It is online: subscribed, and the broker has confirmed its presence.</summary>
    Online,

    /// <summary>It was online and has lost its session.</summary>
    Offline,
}
