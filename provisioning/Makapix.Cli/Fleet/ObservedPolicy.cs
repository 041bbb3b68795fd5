using Makapix.Device.Connection;

namespace Makapix.Cli.Fleet;

/// <summary>
/// A policy of which it is known when it wants the next attempt. The session that the outage ends has lasted a day, it tells the policy: what is
/// simulated is a fleet that was up, not one that was just switched on. Every later session lasts as long as it does.
/// </summary>
internal sealed class ObservedPolicy(IReconnectPolicy policy, FleetRecorder recorder) : IReconnectPolicy
{
    private const long DayMs = 24 * 3600 * 1000;

    private bool _lost;

    public int Attempt => policy.Attempt;

    /// <summary>When the next attempt is due, on the recorder's clock.</summary>
    public long DueAtMs { get; private set; } = recorder.NowMs;

    public int AfterFailure(long spentMs) => Due(policy.AfterFailure(spentMs));

    public int AfterSession(long onlineMs)
    {
        var lasted = _lost ? onlineMs : DayMs;
        _lost = true;
        return Due(policy.AfterSession(lasted));
    }

    private int Due(int delayMs)
    {
        DueAtMs = recorder.NowMs + delayMs;
        return delayMs;
    }
}
