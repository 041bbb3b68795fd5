using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

/// <summary><c>makapix virtual-chip</c> as a process of its own.</summary>
[TestClass]
public sealed class VirtualChipProcessTests
{
    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    [DataRow("INT")]
    [DataRow("TERM")]
    public async Task IsReadyOnAFreePortAndEndsWith130WhenInterrupted(string signal)
    {
        using var directory = new ChipDirectory();
        using var process = await ChipProcess.StartAsync("--listen", "127.0.0.1:0", "--state", directory.Path, "--mac", "24:0a:c4:00:00:07");
        using (var client = new LoaderClient(process.EndPoint))
        {
            client.Sync();
            using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
            Assert.AreEqual(130, await process.ExitAsync());
        }

        Assert.StartsWith("MKX-CLI-130: ", process.Errors);
        using var chip = VirtualChip.Open(directory.Path);
        Assert.AreEqual("24:0a:c4:00:00:07", chip.Mac.ToString());
    }

    [TestMethod]
    public async Task WhatWasAnsweredSurvivesAKill()
    {
        using var directory = new ChipDirectory();
        using var process = await ChipProcess.StartAsync("--listen", "localhost:0", "--state", directory.Path);
        using (var client = new LoaderClient(process.EndPoint))
        {
            client.Expect(Op.SpiAttach, LoaderClient.Words(0, 0));
            client.Expect(Op.FlashBegin, LoaderClient.Words(1024, 1, 1024, 0x5000));
            Assert.AreEqual(0, client.Block(Op.FlashData, 0, new byte[1024]).Error);
            EfuseHost.Burn(client, 3, 0x600DF00D);
            process.Kill();
        }

        await process.ExitAsync();
        using var chip = VirtualChip.Open(directory.Path);
        var page = new byte[1024];
        chip.Flash.Read(0x5000, page);
        Assert.IsTrue(page.All(value => value == 0));
        var block = new byte[32];
        chip.Efuses.ReadBlock(3, block);
        CollectionAssert.AreEqual(LoaderClient.Words(0x600DF00D), block[..4]);
    }

    [TestMethod]
    public async Task PowerCutEndsItWith75()
    {
        using var directory = new ChipDirectory();
        using var process = await ChipProcess.StartAsync("--listen", "127.0.0.1:0", "--state", directory.Path, "--power-cut-after", "1", "--seed", "3");
        using (var client = new LoaderClient(process.EndPoint))
        {
            Assert.ThrowsExactly<EndOfStreamException>(() => EfuseHost.Burn(client, 1, [.. Enumerable.Repeat(0xFFFFFFFFu, 8)]));
        }

        Assert.AreEqual(75, await process.ExitAsync());
        Assert.StartsWith("MKX-VCHIP-075: Power was cut during one eFuse block burn.", process.Errors);
        using var chip = VirtualChip.Open(directory.Path);
        var block = new byte[32];
        chip.Efuses.ReadBlock(1, block);
        Assert.IsTrue(block.Any(value => value is not 0 and not 0xFF));
    }

    [TestMethod]
    public async Task SecondProcessOnTheSameChipOrPortIsRefused()
    {
        using var directory = new ChipDirectory();
        using var process = await ChipProcess.StartAsync("--listen", "127.0.0.1:0", "--state", directory.Path);
        var (sameChip, chipError) = await ChipProcess.RunAsync("--listen", "127.0.0.1:0", "--state", directory.Path);
        Assert.AreEqual(1, sameChip);
        Assert.StartsWith("MKX-VCHIP-011: ", chipError);
        var (samePort, portError) = await ChipProcess.RunAsync("--listen", process.EndPoint.ToString(), "--state", directory.File("other"));
        Assert.AreEqual(1, samePort);
        Assert.StartsWith("MKX-VCHIP-001: ", portError);
        process.Kill();
        await process.ExitAsync();
    }

    [TestMethod]
    [DataRow(2, "MKX-CLI-001", "--listen", "0.0.0.0:0", "--state", "/nowhere")]
    [DataRow(2, "MKX-CLI-001", "--listen", "127.0.0.1", "--state", "/nowhere")]
    [DataRow(2, "MKX-CLI-001", "--listen", "127.0.0.1:70000", "--state", "/nowhere")]
    [DataRow(2, "MKX-CLI-001", "--listen", "127.0.0.1:0")]
    [DataRow(2, "MKX-CLI-001", "--listen", "127.0.0.1:0", "--state", "/nowhere", "--baud", "0")]
    [DataRow(2, "MKX-CLI-001", "--listen", "127.0.0.1:0", "--state", "/nowhere", "--baud", "fast")]
    [DataRow(2, "MKX-CLI-001", "--listen", "127.0.0.1:0", "--state", "/nowhere", "--seed", "99999999999")]
    [DataRow(2, "MKX-CLI-001", "--listen", "--state", "/nowhere")]
    [DataRow(2, "MKX-CLI-001", "--listen", "127.0.0.1:0", "--state", "/nowhere", "--power-cut-after", "0")]
    [DataRow(2, "MKX-CLI-001", "--listen", "127.0.0.1:0", "--state", "/nowhere", "--unknown")]
    [DataRow(2, "MKX-CLI-001", "--listen", "127.0.0.1:0", "--state", "/nowhere", "--mac", "nonsense")]
    [DataRow(1, "MKX-VCHIP-010", "--listen", "127.0.0.1:0", "--state", "/dev/null/chip")]
    public async Task WrongUsageIsOneLineAndLeavesNothing(int exitCode, string error, params string[] arguments)
    {
        var (code, errors) = await ChipProcess.RunAsync(arguments);
        Assert.AreEqual(exitCode, code, errors);
        Assert.StartsWith($"{error}: ", errors);
        Assert.AreEqual(1, errors.Count(character => character == '\n'), errors);
        Assert.IsFalse(Directory.Exists("/nowhere"));
    }
}
