using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests;

/// <summary><c>makapix ledger …</c> and the commands that look at devices, as a shell runs them.</summary>
[TestClass]
public sealed class LedgerCommandTests
{
    private static readonly string[] Passphrase = ["--passphrase-fd", "0"];

    [TestMethod]
    public async Task An_older_copy_put_back_is_found_by_a_head_that_was_kept()
    {
        using var scratch = new Scratch();
        (await NewAuthority.MakeAsync(scratch, "ca")).Succeeded();
        var (dir, head, ledger) = (scratch.At("ca"), scratch.At("head.pem"), scratch.At("ca", "ledger.db"));
        var older = await File.ReadAllBytesAsync(ledger);
        (await Shell.RunAsync(Workbench.WithPassphrase, ["ca", "issue-operator", "--dir", dir, "--name", "alice", "--out", scratch.At("alice"), .. Passphrase])).Succeeded();
        (await Shell.RunAsync(Workbench.WithPassphrase, ["ledger", "head", "--dir", dir, "--out", head, .. Passphrase])).Succeeded();
        Assert.Contains("audit_ledger signed entry", (await Shell.RunAsync("ledger", "verify", "--dir", dir, "--head", head)).Succeeded().Output);

        var signed = await File.ReadAllTextAsync(head);
        (await Shell.RunAsync(Workbench.WithPassphrase, ["ledger", "head", "--dir", dir, "--out", head, .. Passphrase])).Refused(1, "MKX-LEDGER-056");
        Assert.AreEqual(signed, await File.ReadAllTextAsync(head));

        await File.WriteAllBytesAsync(ledger, older);
        Assert.Contains("without a signed head", (await Shell.RunAsync("ledger", "verify", "--dir", dir)).Succeeded().Output);
        var found = (await Shell.RunAsync("ledger", "verify", "--dir", dir, "--head", head, "--json")).Failed(1, "MKX-LEDGER-055");
        using var report = JsonDocument.Parse(found.Output);
        Assert.IsFalse(report.RootElement.GetProperty("whole").GetBoolean());
        Assert.AreEqual("audit", report.RootElement.GetProperty("findings")[0].GetProperty("table").GetString());
    }

    [TestMethod]
    public async Task A_head_that_has_no_folder_to_go_to_is_not_written_down()
    {
        using var scratch = new Scratch();
        (await NewAuthority.MakeAsync(scratch, "ca")).Succeeded();
        var (dir, before) = (scratch.At("ca"), await EntriesAsync(scratch.At("ca")));
        string[] head = ["ledger", "head", "--dir", dir, "--out", scratch.At("stick", "head.pem"), .. Passphrase];
        (await Shell.RunAsync(Workbench.WithPassphrase, head)).Refused(1, "MKX-CLI-004");
        Assert.AreEqual(before, await EntriesAsync(dir));
        scratch.Folder("stick");
        (await Shell.RunAsync(Workbench.WithPassphrase, head)).Succeeded();
        Assert.AreEqual(before + 1, await EntriesAsync(dir));
    }

    [TestMethod]
    public async Task A_clock_is_accepted_and_that_is_an_entry()
    {
        using var scratch = new Scratch();
        (await NewAuthority.MakeAsync(scratch, "ca")).Succeeded();
        var before = await EntriesAsync(scratch.At("ca"));
        (await Shell.RunAsync("ledger", "accept-clock", "--dir", scratch.At("ca"), "--reason", "looked at another clock")).Succeeded();
        Assert.AreEqual(before + 1, await EntriesAsync(scratch.At("ca")));
        (await Shell.RunAsync("ledger", "verify", "--dir", scratch.At("ca"))).Succeeded();
    }

    [TestMethod]
    public async Task A_device_that_left_the_line_is_listed_shown_and_told_of()
    {
        using var scratch = new Scratch();
        _ = await Workbench.FusedChipAsync();
        var dir = await Workbench.AuthorityAsync();
        var list = (await Shell.RunAsync("device", "list", "--dir", dir, "--json")).Succeeded();
        using var devices = JsonDocument.Parse(list.Output);
        var device = devices.RootElement[0];
        var (id, mac) = (device.GetProperty("id").GetString()!, device.GetProperty("mac").GetString()!);
        Assert.Contains(id, (await Shell.RunAsync("device", "list", "--dir", dir, "--policy", "release", "--text", mac)).Succeeded().Output);
        Assert.DoesNotContain(id, (await Shell.RunAsync("device", "list", "--dir", dir, "--policy", "lab")).Succeeded().Output);
        foreach (var which in new[] { id, mac, mac.ToUpperInvariant() })
        {
            Assert.Contains(id, (await Shell.RunAsync("device", "show", which, "--dir", dir)).Succeeded().Output);
        }

        var history = (await Shell.RunAsync("device", "history", id, "--dir", dir)).Succeeded().Output;
        foreach (var entry in new[] { "line-entry", "certificate-issued", "device-recorded" })
        {
            Assert.Contains(entry, history);
        }

        (await Shell.RunAsync("device", "list", "--dir", dir, "--csv", scratch.At("devices.csv"))).Succeeded();
        var lines = await File.ReadAllLinesAsync(scratch.At("devices.csv"));
        Assert.StartsWith("device,board,chip,", lines[0]);
        Assert.Contains(line => line.StartsWith($"{id},{mac},", StringComparison.Ordinal), lines);
        (await Shell.RunAsync("device", "list", "--dir", dir, "--csv", scratch.At("devices.csv"))).Refused(1, "MKX-CLI-004");
        (await Shell.RunAsync("device", "show", Guid.NewGuid().ToString(), "--dir", dir)).Refused(1, "MKX-LEDGER-058");
        (await Shell.RunAsync("device", "show", "' OR 1=1 --", "--dir", dir)).Refused(1, "MKX-LEDGER-058");
    }

    [TestMethod]
    public async Task An_authority_keeps_its_ledger_in_a_real_PostgreSQL()
    {
        using var scratch = new Scratch();
        using var server = new PostgresServer();
        server.Start();
        (await NewAuthority.MakeAsync(scratch, "ca", "--ledger", server.CreateDatabase())).Succeeded();
        Assert.IsEmpty(Directory.GetFiles(scratch.At("ca"), "ledger.db*"));
        (await Shell.RunAsync(Workbench.WithPassphrase, ["ca", "issue-operator", "--dir", scratch.At("ca"), "--name", "alice", "--out", scratch.At("alice"), .. Passphrase])).Succeeded();
        Assert.Contains(" op_alice", (await Shell.RunAsync("ca", "show", "--dir", scratch.At("ca"))).Succeeded().Output);
        (await Shell.RunAsync("ledger", "verify", "--dir", scratch.At("ca"))).Succeeded();
        server.Kill();
        (await Shell.RunAsync("ledger", "show", "--dir", scratch.At("ca"))).Refused(1, "MKX-LEDGER-015");
    }

    [TestMethod]
    public async Task A_password_in_a_connection_string_is_refused_and_nothing_is_made()
    {
        using var scratch = new Scratch();
        var run = (await NewAuthority.MakeAsync(scratch, "ca", "--ledger", "Host=localhost;Database=d;Password=hunter2")).Failed(1, "MKX-LEDGER-006");
        Assert.DoesNotContain("hunter2", run.Error);
        Assert.IsFalse(Directory.Exists(scratch.At("ca")));
    }

    private static async Task<int> EntriesAsync(string dir) =>
        int.Parse((await Shell.RunAsync("ledger", "show", "--dir", dir)).Succeeded().Output.Split('\n').Single(line => line.StartsWith("entries", StringComparison.Ordinal))["entries".Length..]);
}
