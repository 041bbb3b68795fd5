using System;
using System.Linq;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

/// <summary>A serial line with a bad plug.</summary>
[TestClass]
public sealed class LineNoiseTests
{
    private const int Frames = 50;

    [TestMethod]
    public async Task LosesAndRepeatsTheSameBytesForTheSameSeed()
    {
        var clean = await AnswersAsync(null);
        var noisy = await AnswersAsync(new LineNoise(1000, seed: 3));
        Assert.IsFalse(noisy.SequenceEqual(clean));
        Assert.IsGreaterThan(clean.Length / 2, noisy.Length, "most of it comes through");
        CollectionAssert.AreEqual(noisy, await AnswersAsync(new LineNoise(1000, seed: 3)));
        CollectionAssert.AreNotEqual(noisy, await AnswersAsync(new LineNoise(1000, seed: 4)));
    }

    [TestMethod]
    public void RefusesANoiseThatIsNone() => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new LineNoise(0));

    private static async Task<byte[]> AnswersAsync(LineNoise? noise)
    {
        using var directory = new ChipDirectory();
        using var chip = VirtualChip.Open(directory.Path);
        await using var server = LoaderServer.Start(chip, new LoaderServerOptions { Noise = noise });
        using var client = new LoaderClient(server.EndPoint);
        return client.SendRawAndDrain([.. Enumerable.Repeat(LoaderClient.SyncFrame, Frames).SelectMany(frame => frame)]);
    }
}
