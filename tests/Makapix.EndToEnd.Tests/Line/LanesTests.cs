using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Mqtt.Desktop;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Line;

/// <summary><c>makapix device provision --ports</c> as a shift runs it.</summary>
[TestClass]
public sealed class LanesTests
{
    [TestMethod]
    public async Task Two_of_three_boards_become_devices_and_the_double_of_one_none()
    {
        using var scratch = new Scratch();
        await using var first = await ChipOnPort.StartAsync(scratch.At("chip-1"), "--mac", "24:0a:c4:0a:00:01");
        await using var second = await ChipOnPort.StartAsync(scratch.At("chip-2"), "--mac", "24:0a:c4:0a:00:01");
        await using var third = await ChipOnPort.StartAsync(scratch.At("chip-3"), "--mac", "24:0a:c4:0a:00:03");
        var run = (await Shell.RunAsync(
            Workbench.WithPassphrase, await PortsAsync(scratch, $"{first.Port},{second.Port},{third.Port}", "--count", "2", "--csv", scratch.At("shift.csv"), "--json"))).Succeeded();

        var boards = run.Output.TrimEnd().Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
        CollectionAssert.AreEquivalent(new[] { "passed", "passed", "failed" }, boards.Select(board => board.GetProperty("result").GetString()).ToArray());
        var twin = boards.Single(board => board.GetProperty("result").GetString() == "failed");
        Assert.AreEqual("MKX-LINE-110", twin.GetProperty("code").GetString());
        Assert.AreEqual("24:0a:c4:0a:00:01", twin.GetProperty("mac").GetString());
        Assert.HasCount(2, Directory.GetFiles(scratch.At("state"), "*.device.json"));
        Assert.EndsWith("2 passed, 1 failed\n", run.Error);
        Assert.DoesNotContain(Workbench.Passphrase, run.ToString() + await File.ReadAllTextAsync(scratch.At("shift.csv")));

        var rows = (await File.ReadAllLinesAsync(scratch.At("shift.csv"))).Select(row => row.Split(',')).ToArray();
        Assert.HasCount(4, rows);
        foreach (var (row, board) in rows.Skip(1).Zip(boards))
        {
            string[] told = [.. ((string[])["port", "lane", "mac", "deviceId", "result", "code"]).Select(name => board.TryGetProperty(name, out var value) ? value.ToString() : "")];
            CollectionAssert.AreEqual(told, row[1..7]);
        }
    }

    [TestMethod]
    public async Task Lanes_that_wait_end_with_Ctrl_C()
    {
        using var scratch = new Scratch();
        await using var shift = Shell.Start(Workbench.WithPassphrase, await PortsAsync(scratch, $"socket://127.0.0.1:{FreePort.Pick()}"));
        await shift.ErrorAsync("plug a board in");
        await shift.InterruptAsync();
        var run = await shift.ExitAsync();
        run.Refused(130, "MKX-CLI-130");
        Assert.Contains("no boards\n", run.Error);
        Assert.IsEmpty(shift.Survivors);
        Assert.IsEmpty(scratch.Entries);
    }

    [TestMethod]
    public async Task Ledger_that_is_taken_away_while_lanes_wait_ends_the_shift()
    {
        using var scratch = new Scratch();
        var authority = scratch.Copy(await Workbench.AuthorityAsync(), "ca");
        await using var shift = Shell.Start(
            Workbench.WithPassphrase, "device", "provision", "--ports", $"socket://127.0.0.1:{FreePort.Pick()}", "--bundle", await Workbench.BundleAsync(), "--authority", authority,
            "--broker", "localhost:1", "--operator", await Workbench.OperatorAsync(), "--state", scratch.At("state"), "--passphrase-fd", "0");
        await shift.ErrorAsync("plug a board in");
        File.Delete(Path.Combine(authority, "ledger.db"));
        Assert.Contains("no more boards are taken", await shift.ErrorAsync("no more boards"));
        (await shift.ExitAsync()).Refused(1, "MKX-LEDGER-001");
    }

    [TestMethod]
    [DataRow("MKX-LINE-160", "socket://127.0.0.1:9,socket://localhost:9", DisplayName = "one port twice")]
    [DataRow("MKX-CHIP-011", "socket://127.0.0.1:9,spy:///dev/ttyUSB0", DisplayName = "no port for a key")]
    public async Task Ports_that_cannot_be_watched_are_refused_before_a_secret_is_asked_for(string code, string ports)
    {
        using var scratch = new Scratch();
        (await Shell.RunAsync(new CliStart(), await PortsAsync(scratch, ports))).Refused(1, code);
    }

    [TestMethod]
    [DataRow("--port", "--ports all --port socket://127.0.0.1:9", DisplayName = "both")]
    [DataRow("--device-id", "--ports all --device-id 6f1c3f0e-3a52-4a3b-9a0e-0d4f6f0c7b11", DisplayName = "one identity for many")]
    [DataRow("--dry-run", "--ports all --dry-run", DisplayName = "a rehearsal of many")]
    [DataRow("--count", "--ports all --count 0", DisplayName = "none wanted")]
    [DataRow("--count", "--port socket://127.0.0.1:9 --count 3", DisplayName = "a count of one board")]
    [DataRow("--csv", "--port socket://127.0.0.1:9 --csv f", DisplayName = "the shift of one board")]
    [DataRow("--ports", "--ports COM1,,COM2", DisplayName = "a name left out")]
    public async Task Mistakes_about_several_ports_are_wrong_usage(string named, string arguments)
    {
        string[] command = ["device", "provision", "--bundle", "b", "--authority", "a", "--broker", "b.example:8883", .. arguments.Split(' ')];
        Assert.Contains(named, (await Shell.RunAsync(command)).Refused(2, "MKX-CLI-001").Error);
    }

    private static async Task<string[]> PortsAsync(Scratch scratch, string ports, params string[] more)
    {
        var one = await Workbench.ProvisionAsync("-", scratch.At("state"));
        one[Array.IndexOf(one, "--port")] = "--ports";
        one[Array.IndexOf(one, "-")] = ports;
        return [.. one, .. more];
    }
}
