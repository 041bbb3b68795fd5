using System;
using Makapix.Device.Connection;

namespace Makapix.Cli.Fleet;

/// <summary>Exponential backoff without jitter: 1 s, doubled by each failure up to five minutes, from the start again after a session.</summary>
internal sealed class PlainExponential : IReconnectPolicy
{
    public const int BaseMs = 1000;
    public const int CapMs = 300_000;

    // 1000 << 9 is past the cap.
    private const int LastAttempt = 9;

    public int Attempt { get; private set; }

    public int AfterFailure(long spentMs) => Next();

    public int AfterSession(long onlineMs)
    {
        Attempt = 0;
        return Next();
    }

    private int Next()
    {
        var delay = Math.Min(CapMs, BaseMs << Attempt);
        Attempt = Math.Min(LastAttempt, Attempt + 1);
        return delay;
    }
}
