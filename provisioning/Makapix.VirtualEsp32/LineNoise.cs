using System;

namespace Makapix.VirtualEsp32;

/// <summary>A serial line with a bad plug. In either direction bytes are lost, come twice, or come late; none is changed, as by a UART that sees its stop bit.</summary>
public sealed record LineNoise
{
    /// <summary>How late a late byte is.</summary>
    internal static readonly TimeSpan Late = TimeSpan.FromMilliseconds(100);

    /// <summary>Describes it.</summary>
    /// <param name="oneIn">One byte in so many is not as it was sent, on the average; 1 or more.</param>
    /// <param name="seed">Decides which, and what happens to it.</param>
    public LineNoise(int oneIn, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oneIn, 1);
        OneIn = oneIn;
        Seed = seed;
    }

    /// <summary>One byte in so many is not as it was sent.</summary>
    public int OneIn { get; }

    /// <summary>Decides which, and what happens to it.</summary>
    public int Seed { get; }
}
