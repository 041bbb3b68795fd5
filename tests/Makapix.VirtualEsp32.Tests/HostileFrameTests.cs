using System;
using System.Linq;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

[TestClass]
public sealed class HostileFrameTests
{
    public static object[][] Attacks =>
    [
        ["endless ENDs", Enumerable.Repeat((byte)0xC0, 100_000).ToArray()],
        ["no END at all", new byte[100_000]],
        ["escape at the end of a frame", new byte[] { 0xC0, 0x00, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xDB, 0xC0 }],
        ["escape of nothing that is escaped", new byte[] { 0xC0, 0x00, 0x08, 0xDB, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xC0 }],
        ["endless escapes", Enumerable.Repeat((byte)0xDB, 100_000).ToArray()],
        ["a header cut short", LoaderClient.Frame([0x00, 0x08, 0x24])],
        ["a response instead of a request", LoaderClient.Frame([0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00])],
        ["a frame longer than any command", LoaderClient.Frame(LoaderClient.Packet(Op.FlashData, new byte[65_535]))],
        ["a frame that hides a command behind its overflow", LoaderClient.Frame([.. new byte[0x4018], .. LoaderClient.Packet(Op.FlashBegin, LoaderClient.Words(4096, 4, 1024, 0))])],
    ];

    [TestMethod]
    [DynamicData(nameof(Attacks))]
    public async Task IsIgnoredAndTheNextCommandWorks(string attack, byte[] bytes)
    {
        await using var chip = TestChip.Start();
        using (var attacker = chip.Connect())
        {
            Assert.IsEmpty(attacker.SendRawAndDrain(bytes), attack);
        }

        using var client = chip.Connect();
        client.SendRaw([.. bytes, 0xC0]);
        client.Sync();
    }

    [TestMethod]
    public async Task HalfACommandAndAHangUpLeaveNothingForTheNextHost()
    {
        await using var chip = TestChip.Start();
        using (var attacker = chip.Connect())
        {
            Assert.IsEmpty(attacker.SendRawAndDrain(LoaderClient.SyncFrame[..10]));
        }

        using var client = chip.Connect();
        client.Sync();
    }

    [TestMethod]
    [DataRow((ushort)0, DisplayName = "says it is empty")]
    [DataRow((ushort)35, DisplayName = "says it is shorter")]
    [DataRow((ushort)37, DisplayName = "says it is longer")]
    [DataRow((ushort)65535, DisplayName = "says it is as long as can be")]
    public async Task LyingLengthIsRefused(ushort length)
    {
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        client.SendRaw(LoaderClient.Frame(LoaderClient.Packet(Op.Sync, LoaderClient.SyncData, length: length)));
        Assert.AreEqual(5, client.Read(Op.Sync).Error);
        client.Sync();
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    public async Task RandomAndMutatedFramesNeverEndTheServerNorSetAFuseBack(int seed)
    {
        var random = new Random(seed);
        await using var chip = TestChip.Start();
        var before = Fuses(chip);
        using (var attacker = chip.ConnectToFlash())
        {
            var stream = Enumerable.Range(0, 2000).SelectMany(_ => RandomFrame(random)).ToArray();
            var sending = Task.Run(() => attacker.SendRawAndDrain(stream));
            await Task.WhenAny(sending, chip.Server.Completion).WaitAsync(TimeSpan.FromSeconds(60));
            Assert.IsFalse(chip.Server.Completion.IsCompleted);
            _ = await sending;
        }

        using var client = chip.Connect();
        client.Expect(Op.ReadReg, LoaderClient.Words(0x40001000));
        var after = Fuses(chip);
        Assert.IsTrue(before.Zip(after).All(pair => (pair.First & ~pair.Second) == 0));
    }

    [TestMethod]
    [DoNotParallelize] // what other tests allocate would count
    public async Task MemoryStaysBoundedUnderAFloodOfOversizeFrames()
    {
        await using var chip = TestChip.Start();
        var flood = Enumerable.Repeat((byte)0x55, 32 * 1024 * 1024).ToArray();
        using (var warmUp = chip.Connect())
        {
            warmUp.SendRawAndDrain(flood[..100_000]);
        }

        var before = GC.GetTotalAllocatedBytes();
        using var attacker = chip.Connect();
        attacker.SendRawAndDrain(flood);
        Assert.IsLessThan(16 * 1024 * 1024, GC.GetTotalAllocatedBytes() - before, "allocated while 32 MB went through");
    }

    private static byte[] RandomFrame(Random random)
    {
        byte[] ops = [.. Enumerable.Range(0x02, 0x14).Select(op => (byte)op), 0xD0, 0x00, (byte)random.Next(256)];
        uint[] words = [0, 1, 4, 1024, 0x1000, 0x3FF000, 0x400000, 0xFFFFFFFF, 0x3FF5A000 + (uint)random.Next(0x120), 0x3FF42000 + (uint)random.Next(0x100), 0x5A5A, 2, (uint)random.Next()];
        var data = LoaderClient.Words([.. Enumerable.Range(0, random.Next(8)).Select(_ => words[random.Next(words.Length)])]);
        if (random.Next(4) == 0)
        {
            var tail = new byte[random.Next(2000)];
            random.NextBytes(tail);
            data = [.. LoaderClient.Words((uint)tail.Length, (uint)random.Next(3), 0, 0), .. tail];
        }

        var frame = LoaderClient.Frame(LoaderClient.Packet(ops[random.Next(ops.Length)], data, data.Length > 16 ? LoaderClient.Checksum(data[16..]) : 0u));
        if (random.Next(3) == 0)
        {
            frame[random.Next(frame.Length)] = (byte)random.Next(256);
        }

        return frame;
    }

    private static byte[] Fuses(TestChip chip)
    {
        var all = new byte[28 + (3 * 32)];
        chip.Chip.Efuses.ReadBlock(0, all.AsSpan(0, 28));
        for (var block = 1; block <= 3; block++)
        {
            chip.Chip.Efuses.ReadBlock(block, all.AsSpan(28 + ((block - 1) * 32), 32));
        }

        return all;
    }
}
