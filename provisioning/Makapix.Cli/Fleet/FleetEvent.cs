namespace Makapix.Cli.Fleet;

/// <summary>One thing that one device did.</summary>
/// <param name="Device">Which one.</param>
/// <param name="AtMs">When, milliseconds since the broker was killed; negative before.</param>
/// <param name="Kind">What.</param>
/// <param name="LateMs">How long after the moment that its policy had chosen: what the simulating machine added.</param>
internal readonly record struct FleetEvent(int Device, long AtMs, FleetEventKind Kind, long LateMs = 0);
