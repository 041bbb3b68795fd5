using Makapix.Device.Connection;

namespace Makapix.Cli.Fleet;

/// <summary>What many devices do: ten seconds, always. They lose their broker in one moment, and so they return in one.</summary>
internal sealed class FixedDelay : IReconnectPolicy
{
    public const int DelayMs = 10_000;

    public int Attempt => 0;

    public int AfterFailure(long spentMs) => DelayMs;

    public int AfterSession(long onlineMs) => DelayMs;
}
