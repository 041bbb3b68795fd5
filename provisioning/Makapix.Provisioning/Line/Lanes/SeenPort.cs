namespace Makapix.Provisioning.Line.Lanes;

/// <summary>A port with something plugged in.</summary>
/// <param name="Name">As <c>--port</c> takes it.</param>
/// <param name="Mark">Differs from one plugging-in to the next, where the system tells; else empty, and only a look that does not see the port tells them apart.</param>
public sealed record SeenPort(string Name, string Mark);
