using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Up;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Up;

/// <summary>A run may be killed at any moment: the next one in its folder finds what it left.</summary>
[TestClass]
public sealed class KitUpTests
{
    public required TestContext TestContext { get; init; }

    private CancellationToken Cancel => TestContext.CancellationToken;

    [TestMethod]
    public async Task Brokers_that_were_written_down_or_only_started_are_ended_and_nobody_else_who_reads_their_files()
    {
        await using var bench = new RunBench();
        var home = Directory.CreateDirectory(KitUp.HomeOf(bench.Home)).FullName;
        var file = Path.Combine(home, "mosquitto-a.conf");
        await File.WriteAllTextAsync(file, $"listener {KitPorts.Free(1).Front} 127.0.0.1\nallow_anonymous true\n", Cancel);
        using var dead = Process.Start("true");
        await dead.WaitForExitAsync(Cancel);
        var elsewhere = Path.Combine(bench.Bench.Certs, "moved.conf");
        await File.WriteAllTextAsync(elsewhere, $"listener {KitPorts.Free(1).Front} 127.0.0.1\nallow_anonymous true\n", Cancel);
        using var moved = Process.Start(new ProcessStartInfo("mosquitto", ["-c", elsewhere]) { RedirectStandardError = true })!;
        (KitRunRecord.Of(bench.Bench.Config, DateTimeOffset.UtcNow, KitPorts.Free(1), run: null) with { Runner = new ProcessMark("makapix", dead.Id, 1), Brokers = [ProcessMark.Of("b", moved.Id)] }).Write(bench.Home);
        using var left = Process.Start(new ProcessStartInfo("mosquitto", ["-c", file]) { RedirectStandardError = true })!;
        using var reader = Process.Start(new ProcessStartInfo("tail", ["-f", file]) { RedirectStandardOutput = true })!;
        try
        {
            await using var up = await bench.UpAsync(Cancel);
            Assert.IsTrue(left.HasExited);
            Assert.IsTrue(moved.HasExited, "written down, though its file is called otherwise by now");
            Assert.IsFalse(reader.HasExited);
        }
        finally
        {
            left.Kill();
            moved.Kill();
            reader.Kill();
        }

        Assert.IsFalse(Path.Exists(bench.Home));
    }
}
