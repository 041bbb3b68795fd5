namespace Makapix.Provisioning.Broker.Up;

/// <summary>The front, by its own exporter.</summary>
/// <param name="ProcessId">Its master.</param>
/// <param name="Answers">Whether the exporter does.</param>
/// <param name="Connections">That are open.</param>
/// <param name="Accepted">Connections since its start or its last reload.</param>
/// <param name="RefusedSilently">Of those, refused before they cost anything: far over a limit.</param>
/// <param name="Refused">Of those, refused and logged: over a limit, or no TLS hello in time.</param>
public sealed record KitFrontStatus(int ProcessId, bool Answers, KitUse Connections, long? Accepted, long? RefusedSilently, long? Refused);
