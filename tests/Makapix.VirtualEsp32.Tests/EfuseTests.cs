using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

[TestClass]
public sealed class EfuseTests
{
    private const uint All = 0xFFFFFFFF;
    private const uint ReadDisable = 0x000F0000;

    /// <summary>What each WR_DIS bit guards, as (word, mask) of BLOCK0: esp-idf's esp_efuse_table.csv, by hand.</summary>
    public static object[][] WriteDisableBits =>
    [
        [0, new[] { (0, ReadDisable) }],
        [1, new[] { (0, 0x0000FFFFu) }],
        [2, new[] { (0, 0x0FF00000u) }],
        [3, new[] { (1, All), (2, 0x00FFFFFFu), (3, 0x0000000Bu), (5, 0x00C00000u) }],
        [4, new[] { (4, 0x00001FFFu) }],
        [5, new[] { (4, 0x0001C000u) }],
        [6, new[] { (5, 0x000FFFFFu) }],
        [10, new[] { (3, 0x00004000u), (5, 0xF0000000u), (6, 0x00000403u) }],
        [11, Array.Empty<(int, uint)>()],
        [12, new[] { (6, 0x00000010u) }],
        [13, new[] { (6, 0x00000020u) }],
        [14, new[] { (6, 0x00000040u) }],
        [15, new[] { (6, 0x00000384u) }],
    ];

    [TestMethod]
    [DynamicData(nameof(WriteDisableBits))]
    public async Task WriteDisableGuardsItsFieldsAndNoOthers(int bit, (int Word, uint Mask)[] guarded)
    {
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        EfuseHost.Burn(client, 0, EfuseHost.Block0(0, 1u << bit));
        var before = Enumerable.Range(0, 7).Select(word => EfuseHost.ReadWord(client, 0, word)).ToArray();

        // Everything at once, but for RD_DIS, which would hide what is looked at.
        EfuseHost.Burn(client, 0, [~ReadDisable, All, All, All, All, All, All]);

        for (var word = 0; word < 7; word++)
        {
            var mask = guarded.Where(entry => entry.Word == word).Aggregate(0u, (sum, entry) => sum | entry.Mask);
            var after = EfuseHost.ReadWord(client, 0, word);
            Assert.AreEqual(before[word] & mask, after & mask, $"word {word}: guarded bits stay");
            var burned = word == 0 ? ~ReadDisable : All;
            Assert.AreEqual(burned & ~mask, after & burned & ~mask, $"word {word}: all others burn");
        }
    }

    [TestMethod]
    [DataRow(1, 7, 0)]
    [DataRow(2, 8, 1)]
    [DataRow(3, 9, 2)]
    public async Task KeyBlockIsGuardedAndHiddenByItsOwnBits(int block, int writeBit, int readBit)
    {
        var words = EfuseHost.RandomBlock(new Random(block));
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        EfuseHost.Burn(client, block, words);
        Assert.AreEqual(words[7], EfuseHost.ReadWord(client, block, 7));

        EfuseHost.Burn(client, 0, EfuseHost.Block0(0, (1u << writeBit) | (1u << (16 + readBit))));
        EfuseHost.Burn(client, block, [.. Enumerable.Repeat(All, 8)]);

        for (var other = 1; other <= 3; other++)
        {
            Assert.AreEqual(0u, EfuseHost.ReadWord(client, other, 0), $"BLOCK{other} over the wire");
        }

        var truth = new byte[32];
        chip.Chip.Efuses.ReadBlock(block, truth);
        CollectionAssert.AreEqual(LoaderClient.Words(words), truth, "the silicon still has it, unchanged");
    }

    [TestMethod]
    public async Task ReadDisable3HidesFourFieldsOfBlock0()
    {
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        EfuseHost.Burn(client, 0, [0, 0, 0, 1u << 14, 0, 0xF0000000, 1u << 10]);
        Assert.AreEqual(0xFu, EfuseHost.ReadWord(client, 0, 5) >> 28);
        EfuseHost.Burn(client, 0, EfuseHost.Block0(0, 1u << 19));
        Assert.AreEqual(0u, EfuseHost.ReadWord(client, 0, 3) & (1u << 14));
        Assert.AreEqual(0x01100000u, EfuseHost.ReadWord(client, 0, 5));
        Assert.AreEqual(0u, EfuseHost.ReadWord(client, 0, 6));
        Assert.AreEqual(0xFu, chip.Chip.Efuses.Read("FLASH_CRYPT_CONFIG"));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public async Task AnySequenceOfBurnsOnlyEverSetsBits(int seed)
    {
        var random = new Random(seed);
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        var model = new uint[8];
        for (var i = 0; i < 20; i++)
        {
            var words = EfuseHost.RandomBlock(random).Zip(EfuseHost.RandomBlock(random), (a, b) => a & b).ToArray();
            EfuseHost.Burn(client, 3, words);
            model = [.. model.Zip(words, (a, b) => a | b)];
            CollectionAssert.AreEqual(model, Enumerable.Range(0, 8).Select(word => EfuseHost.ReadWord(client, 3, word)).ToArray());
        }
    }

    [TestMethod]
    public async Task WriteRegistersAreEmptyAfterTheBurn()
    {
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        EfuseHost.Prepare(client, 3, 0xAAAA5555);
        Assert.AreEqual(0xAAAA5555u, EfuseHost.PendingWord(client, 3, 0));
        EfuseHost.Program(client);
        Assert.AreEqual(0u, EfuseHost.PendingWord(client, 3, 0));
        Assert.AreEqual(0u, client.ReadRegister(EfuseHost.Cmd));
    }

    [TestMethod]
    public async Task BurnIsSeenOnlyAfterAReadCommand()
    {
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        EfuseHost.Prepare(client, 3, 1);
        EfuseHost.Program(client);
        Assert.AreEqual(0u, EfuseHost.ReadWord(client, 3, 0));
        EfuseHost.Refresh(client);
        Assert.AreEqual(1u, EfuseHost.ReadWord(client, 3, 0));
    }

    [TestMethod]
    [DataRow(0x5AA5u, 2u, DisplayName = "program command in read configuration")]
    [DataRow(0u, 2u, DisplayName = "program command without configuration")]
    [DataRow(0x5A5Au, 1u, DisplayName = "read command in program configuration")]
    [DataRow(0x5A5Au, 3u, DisplayName = "both commands at once")]
    public async Task CommandWithoutItsOpCodeBurnsNothing(uint conf, uint command)
    {
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        EfuseHost.Prepare(client, 3, 1);
        client.WriteRegister(EfuseHost.Conf, conf);
        client.WriteRegister(EfuseHost.Cmd, command);
        EfuseHost.Refresh(client);
        Assert.AreEqual(0u, EfuseHost.ReadWord(client, 3, 0));
    }

    [TestMethod]
    public async Task ReadRegistersCannotBeWritten()
    {
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        client.WriteRegister(EfuseHost.Base, All);
        client.WriteRegister(EfuseHost.Base + 0x38, All);
        EfuseHost.Refresh(client);
        Assert.AreEqual(0u, EfuseHost.ReadWord(client, 0, 0));
        Assert.AreEqual(0u, EfuseHost.ReadWord(client, 1, 0));
    }

    [TestMethod]
    public async Task FileHoldsTheTruthAndTheNextProcessHasIt()
    {
        using var directory = new ChipDirectory();
        var key = EfuseHost.RandomBlock(new Random(9));
        await using (var chip = TestChip.Start(directory))
        {
            using var client = chip.Connect();
            EfuseHost.Burn(client, 1, key);
            EfuseHost.Burn(client, 0, EfuseHost.Block0(0, (1u << 7) | (1u << 16) | (0x7Fu << 20)));
        }

        var file = File.ReadAllBytes(directory.EfuseFile);
        Assert.HasCount(288, file);
        Assert.IsFalse(file.AsSpan(0xC8, 32).ContainsAnyExcept((byte)0), "hidden where espefuse looks");
        CollectionAssert.AreEqual(Enumerable.Reverse(LoaderClient.Words(key)).ToArray(), file[0x68..0x88], "and there where the README says");

        await using var again = TestChip.Start(directory);
        var block = new byte[32];
        again.Chip.Efuses.ReadBlock(1, block);
        CollectionAssert.AreEqual(LoaderClient.Words(key), block);
        Assert.IsTrue(again.Chip.Efuses.FlashEncryptionEnabled);
    }

    [TestMethod]
    [DataRow(0u, false)]
    [DataRow(1u, true)]
    [DataRow(3u, false)]
    [DataRow(7u, true)]
    [DataRow(0x7Fu, true)]
    [DataRow(0x3Fu, false)]
    public async Task FlashEncryptionIsOnWhenTheCountIsOdd(uint count, bool enabled)
    {
        await using var chip = TestChip.Start();
        using var client = chip.Connect();
        EfuseHost.Burn(client, 0, EfuseHost.Block0(0, count << 20));
        Assert.AreEqual(enabled, chip.Chip.Efuses.FlashEncryptionEnabled);
    }

    [TestMethod]
    [DataRow("24:0a:c4:00:00:01")]
    [DataRow("00:00:00:00:00:00")]
    [DataRow("FE-FF-FF-FF-FF-FF")]
    public void MacIsBurnedAsGiven(string text)
    {
        using var directory = new ChipDirectory();
        using var chip = VirtualChip.Open(directory.Path, FactoryMac.Parse(text));
        Assert.AreEqual(text.Replace('-', ':').ToLowerInvariant(), chip.Mac.ToString());
    }

    [TestMethod]
    public void FreshChipsHaveAddressesOfTheirOwn()
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < 3; i++)
        {
            using var directory = new ChipDirectory();
            using var chip = VirtualChip.Open(directory.Path);
            Assert.StartsWith("24:0a:c4:", chip.Mac.ToString());
            Assert.IsTrue(seen.Add(chip.Mac.ToString()));
        }
    }
}
