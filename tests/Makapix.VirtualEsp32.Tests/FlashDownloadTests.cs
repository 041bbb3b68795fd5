using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

[TestClass]
public sealed class FlashDownloadTests
{
    private const uint Block = 1024;

    [TestMethod]
    public async Task BeginErasesWholeSectorsAndNothingElse()
    {
        await using var chip = TestChip.Start();
        chip.Chip.Flash.Program(0, new byte[0x4000]);
        using var client = chip.ConnectToFlash();
        client.Expect(Op.FlashBegin, LoaderClient.Words(0x1001, 5, Block, 0x1800));
        Assert.IsTrue(chip.ReadFlash(0, 0x1000).All(value => value == 0));
        Assert.IsTrue(chip.ReadFlash(0x1000, 0x2000).All(value => value == 0xFF));
        Assert.IsTrue(chip.ReadFlash(0x3000, 0x1000).All(value => value == 0));
    }

    [TestMethod]
    public async Task BlocksLandWhereTheirSequenceNumberSays()
    {
        var data = RandomBytes(3000, seed: 1);
        await using var chip = TestChip.Start();
        using var client = chip.ConnectToFlash();
        client.Expect(Op.FlashBegin, LoaderClient.Words(3000, 3, Block, 0x10010));
        foreach (var sequence in new uint[] { 1, 0, 2, 2 })
        {
            Assert.AreEqual(0, client.Block(Op.FlashData, sequence, Padded(data, (int)sequence)).Error);
        }

        CollectionAssert.AreEqual(data, chip.ReadFlash(0x10010, data.Length));
    }

    [TestMethod]
    public async Task ProgrammingOverOldDataIsNoticed()
    {
        await using var chip = TestChip.Start();
        using var client = chip.ConnectToFlash();
        client.Expect(Op.FlashBegin, LoaderClient.Words(0x1000, 4, Block, 0));
        Assert.AreEqual(0, client.Block(Op.FlashData, 0, Enumerable.Repeat((byte)0x0F, (int)Block).ToArray()).Error);
        Assert.AreEqual(8, client.Block(Op.FlashData, 0, [0xF3, .. new byte[Block - 1]]).Error);
        Assert.AreEqual(0x03, chip.ReadFlash(0, 1)[0]); // only ever from 1 to 0
    }

    [TestMethod]
    public async Task BadChecksumWritesNothing()
    {
        await using var chip = TestChip.Start();
        using var client = chip.ConnectToFlash();
        client.Expect(Op.FlashBegin, LoaderClient.Words(0x1000, 4, Block, 0));
        byte[] payload = [.. LoaderClient.Words(4, 0, 0, 0), 1, 2, 3, 4];
        Assert.AreEqual(7, client.Command(Op.FlashData, payload, checksum: 0).Error);
        Assert.AreEqual(7, client.Command(Op.FlashData, payload, checksum: 0x100u | LoaderClient.Checksum([1, 2, 3, 4])).Error);
        CollectionAssert.AreEqual(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, chip.ReadFlash(0, 4));
    }

    [TestMethod]
    [DataRow(4u * 1024 * 1024, 0u, 0, DisplayName = "the whole flash")]
    [DataRow(4096u, 0x3FF000u, 0, DisplayName = "the last sector")]
    [DataRow(4097u, 0x3FF000u, 6, DisplayName = "a byte more than that")]
    [DataRow(0xFFFFFFFFu, 0u, 6, DisplayName = "4 GB")]
    [DataRow(4096u, 0xFFFFF000u, 6, DisplayName = "an offset that wraps")]
    [DataRow(0u, 0u, 0, DisplayName = "nothing, as esptool's run command asks")]
    public async Task EraseRange(uint size, uint offset, int error)
    {
        await using var chip = TestChip.Start();
        using var client = chip.ConnectToFlash();
        Assert.AreEqual(error, client.Command(Op.FlashBegin, LoaderClient.Words(size, 4, Block, offset)).Error);
    }

    [TestMethod]
    public async Task SetParamsBoundsTheFlashAndCannotWidenIt()
    {
        await using var chip = TestChip.Start();
        using var client = chip.ConnectToFlash();
        client.Expect(Op.SpiSetParams, LoaderClient.Words(0, 0x200000, 0x10000, 0x1000, 0x100, 0xFFFF));
        Assert.AreEqual(6, client.Command(Op.FlashBegin, LoaderClient.Words(4096, 4, Block, 0x200000)).Error);
        client.Expect(Op.SpiSetParams, LoaderClient.Words(0, 0x1000000, 0x10000, 0x1000, 0x100, 0xFFFF));
        Assert.AreEqual(6, client.Command(Op.FlashBegin, LoaderClient.Words(4096, 4, Block, 0x400000)).Error);
        client.Expect(Op.FlashBegin, LoaderClient.Words(4096, 4, Block, 0x200000));
    }

    [TestMethod]
    [DataRow(4u, 1024, DisplayName = "a block that was not announced")]
    [DataRow(0xFFFFFFFFu, 1024, DisplayName = "the last possible sequence number")]
    [DataRow(0u, 1025, DisplayName = "a block longer than announced")]
    public async Task UnannouncedBlockIsRefused(uint sequence, int length)
    {
        await using var chip = TestChip.Start();
        using var client = chip.ConnectToFlash();
        foreach (var (begin, data) in new[] { (Op.FlashBegin, Op.FlashData), (Op.FlashDeflBegin, Op.FlashDeflData) })
        {
            client.Expect(begin, LoaderClient.Words(0x1000, 4, Block, 0));
            Assert.AreEqual(6, client.Block(data, sequence, new byte[length]).Error);
        }

        Assert.IsTrue(chip.ReadFlash(0, 0x2000).All(value => value == 0xFF));
    }

    [TestMethod]
    public async Task PaddingMayReachBeyondTheFlashButDataMayNot()
    {
        await using var chip = TestChip.Start();
        using var client = chip.ConnectToFlash();
        client.Expect(Op.FlashBegin, LoaderClient.Words(16, 1, Block, 0x3FFFF0));
        Assert.AreEqual(0, client.Block(Op.FlashData, 0, [.. new byte[16], .. Enumerable.Repeat((byte)0xFF, 1008)]).Error);
        Assert.AreEqual(6, client.Block(Op.FlashData, 0, new byte[17]).Error);
        Assert.IsTrue(chip.ReadFlash(0x3FFFF0, 16).All(value => value == 0));
    }

    [TestMethod]
    [DataRow(1, DisplayName = "byte by byte")]
    [DataRow(7)]
    [DataRow(1024)]
    [DataRow(0x4000)]
    public async Task CompressedDownloadInBlocksOfAnySize(int blockSize)
    {
        var data = Enumerable.Range(0, 5000).Select(i => (byte)(i / 100)).Concat(RandomBytes(200, seed: 2)).ToArray();
        var blocks = Deflate(data).Chunk(blockSize).ToArray();
        await using var chip = TestChip.Start();
        using var client = chip.ConnectToFlash();
        client.Expect(Op.FlashDeflBegin, LoaderClient.Words((uint)data.Length, (uint)blocks.Length, (uint)blockSize, 0x20000));
        for (var i = 0; i < blocks.Length; i++)
        {
            Assert.AreEqual(0, client.Block(Op.FlashDeflData, (uint)i, blocks[i]).Error, $"block {i}");
            Assert.AreEqual(0, client.Block(Op.FlashDeflData, (uint)i, blocks[i]).Error, $"block {i}, sent again");
        }

        CollectionAssert.AreEqual(data, chip.ReadFlash(0x20000, data.Length));
    }

    [TestMethod]
    public async Task ZlibBombIsStoppedAtWhatItAnnounced()
    {
        await using var chip = TestChip.Start();
        chip.Chip.Flash.Program(0x2000, new byte[16]);
        using var client = chip.ConnectToFlash();
        var bomb = Deflate(new byte[64 * 1024 * 1024]).Chunk(0x4000).ToArray();
        client.Expect(Op.FlashDeflBegin, LoaderClient.Words(0x2000, (uint)bomb.Length, 0x4000, 0));
        Assert.AreEqual(13, client.Block(Op.FlashDeflData, 0, bomb[0]).Error);
        Assert.AreEqual(13, client.Block(Op.FlashDeflData, 1, bomb[1]).Error, "a bad stream stays bad");
        Assert.IsTrue(chip.ReadFlash(0x2000, 16).All(value => value == 0), "nothing beyond was touched");
    }

    [TestMethod]
    [DataRow("not zlib")]
    [DataRow("flipped bit")]
    [DataRow("wrong Adler-32")]
    [DataRow("goes on after its end")]
    public async Task DamagedStreamIsADeflateError(string damage)
    {
        var stream = Deflate(RandomBytes(800, seed: 3));
        var blocks = damage switch
        {
            "not zlib" => [RandomBytes(500, seed: 4)],
            "flipped bit" => [[.. stream[..2], (byte)(stream[2] ^ 6), .. stream[3..]]],
            "wrong Adler-32" => [[.. stream[..^1], (byte)(stream[^1] ^ 1)]],
            _ => new[] { stream, new byte[10] },
        };
        await using var chip = TestChip.Start();
        using var client = chip.ConnectToFlash();
        client.Expect(Op.FlashDeflBegin, LoaderClient.Words(0x1000, 4, Block, 0));
        var errors = blocks.Select((block, i) => client.Block(Op.FlashDeflData, (uint)i, block).Error).ToArray();
        Assert.AreEqual(11, errors[^1]);
        Assert.IsTrue(errors[..^1].All(error => error == 0));
    }

    [TestMethod]
    public async Task PlainDataInACompressedDownloadIsRefusedAndBack()
    {
        await using var chip = TestChip.Start();
        using var client = chip.ConnectToFlash();
        client.Expect(Op.FlashDeflBegin, LoaderClient.Words(0x1000, 4, Block, 0));
        Assert.AreEqual(6, client.Block(Op.FlashData, 0, new byte[16]).Error);
        client.Expect(Op.FlashBegin, LoaderClient.Words(0x1000, 4, Block, 0));
        Assert.AreEqual(6, client.Block(Op.FlashDeflData, 0, Deflate(new byte[16])).Error);
    }

    [TestMethod]
    [DataRow(Op.FlashEnd)]
    [DataRow(Op.FlashDeflEnd)]
    public async Task EndLeavesTheLoaderUntilTheNextReset(byte end)
    {
        await using var chip = TestChip.Start();
        using (var client = chip.ConnectToFlash())
        {
            client.Expect(Op.FlashBegin, LoaderClient.Words(0, 0, Block, 0));
            client.Expect(end, LoaderClient.Words(1));
            Assert.IsEmpty(client.SendRawAndDrain(LoaderClient.SyncFrame));
        }

        using var next = chip.Connect();
        next.Sync();
    }

    private static byte[] Padded(byte[] data, int block)
    {
        var part = data.Skip(block * (int)Block).Take((int)Block).ToArray();
        return [.. part, .. Enumerable.Repeat((byte)0xFF, (int)Block - part.Length)];
    }

    private static byte[] RandomBytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Deflate(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            zlib.Write(data);
        }

        return packed.ToArray();
    }
}
