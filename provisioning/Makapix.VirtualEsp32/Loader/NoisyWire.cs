using System;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>One direction of a line with a bad plug: bytes are lost, come twice, or come late.</summary>
/// <param name="noise">How bad it is.</param>
/// <param name="seed">Draws where.</param>
/// <param name="time">The clock by which a byte is late.</param>
internal sealed class NoisyWire(LineNoise noise, int seed, TimeProvider time)
{
    private const int Kinds = 3;

    private readonly Random _random = new(seed);
    private int _good = -1;

    /// <summary>What arrives of <paramref name="bytes"/>; ends when it has.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PassAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var (arrived, late) = Spoil(bytes.Span);
        if (late > 0)
        {
            await Task.Delay(late * LineNoise.Late, time, cancel);
        }

        return arrived;
    }

    private (byte[] Arrived, int Late) Spoil(ReadOnlySpan<byte> bytes)
    {
        var arrived = new byte[bytes.Length * 2];
        var (length, late) = (0, 0);
        foreach (var value in bytes)
        {
            // Between two faults lie twice OneIn bytes at most, so OneIn on the average.
            _good = _good < 0 ? _random.Next(2 * noise.OneIn) : _good;
            var kind = _good-- == 0 ? _random.Next(Kinds) : Kinds;
            for (var copies = kind switch { 0 => 0, 1 => 2, _ => 1 }; copies > 0; copies--)
            {
                arrived[length++] = value;
            }

            late += kind == 2 ? 1 : 0;
        }

        return (arrived[..length], late);
    }
}
