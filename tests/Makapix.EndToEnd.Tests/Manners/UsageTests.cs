using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Makapix.Cli;
using Makapix.Cli.Commands;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Manners;

/// <summary>Wrong usage, every command: 2, one line that names what is wrong, and nothing done.</summary>
[TestClass]
public sealed partial class UsageTests
{
    public static IEnumerable<object[]> Commands => CommandForm.All.Select(form => new object[] { form.Name });

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public async Task Unknown_missing_and_empty_values_are_wrong_usage(string command)
    {
        var form = CommandForm.All.Single(one => one.Name == command);
        async Task WrongAsync(string named, params string[] arguments)
        {
            var run = (await InProcess.RunAsync(arguments)).Refused(2, "MKX-CLI-001");
            Assert.Contains(named, run.Error);
            Assert.Contains($"See 'makapix {command} --help'.", run.Error);
        }

        await WrongAsync("--no-such-option", [.. form.Without(), "--no-such-option"]);
        if (!form.TakesMore)
        {
            await WrongAsync("stray", [.. form.Without(), "stray"]);
        }

        foreach (var (option, _) in form.Required)
        {
            await WrongAsync(option == "--chip" && command == "device run" ? "--identity" : option == "--cn" && command == "ca revoke" ? "--serial" : option, form.Without(option));
        }

        if (form.Required is [.., (var last, _)])
        {
            await WrongAsync(last, [.. form.Without(last), last]);
            await WrongAsync(last, form.With(last, ""));
        }

        if (form.Arguments.Length > 0)
        {
            await WrongAsync("argument", form.Without()[..^1]);
            await WrongAsync(form.Arguments[^1].ToUpperInvariant(), [.. form.Without()[..^1], ""]);
        }
    }

    [TestMethod]
    [DataRow("--broker", "device provision", "--broker", "nonsense")]
    [DataRow("--broker", "device provision", "--broker", "host:")]
    [DataRow("--broker", "device provision", "--broker", ":8883")]
    [DataRow("--broker", "device provision", "--broker", "host:0")]
    [DataRow("--broker", "device provision", "--broker", "host:65536")]
    [DataRow("--policy", "device provision", "--policy", "foo")]
    [DataRow("--before", "device provision", "--before", "usb_reset")]
    [DataRow("--device-id", "device provision", "--device-id", "zz")]
    [DataRow("--passphrase-fd", "device provision", "--passphrase-fd", "three")]
    [DataRow("--wifi-ssid", "device provision", "--wifi-password-fd", "4")]
    [DataRow("--wifi-ssid", "device provision", "--wifi-ssid", "")]
    [DataRow("--state", "device provision", "--state", "")]
    [DataRow("--boot-timeout", "device provision", "--boot-timeout", "0")]
    [DataRow("--boot-timeout", "device provision", "--boot-timeout", "601")]
    [DataRow("--boot-timeout", "device resume", "--boot-timeout", "soon")]
    [DataRow("--label", "device provision", "--label", "9x9")]
    [DataRow("--size", "device label", "--size", "9x9")]
    [DataRow("--format", "device label", "--format", "gif")]
    [DataRow("--chip", "device plan", "--chip", "esp99")]
    [DataRow("--cipher", "device plan", "--cipher", "rot13")]
    [DataRow("--chip", "device plan", "--bundle", "b")]
    [DataRow("--chip", "device plan", "--port", "p")]
    [DataRow("--port", "device plan", "--broker", "b.example:8883")]
    [DataRow("--port", "device plan", "--before", "no_reset")]
    [DataRow("--broker", "device run", "--broker", "nonsense")]
    [DataRow("--identity", "device run", "--identity", "f")]
    [DataRow("--passphrase-fd", "ca init", "--passphrase-fd", "three")]
    [DataRow("--name", "ca init", "--name", "")]
    [DataRow("--ip", "ca issue-broker", "--ip", "1")]
    [DataRow("--reason", "ca revoke", "--reason", "foo")]
    [DataRow("--pid", "ca crl", "--pid", "0")]
    [DataRow("--pid", "ca crl", "--pid", "mosquitto")]
    [DataRow("--root-passphrase-fd", "ca rotate-issuing", "--root-passphrase-fd", "-1")]
    [DataRow("--device-id", "ca sign", "--device-id", "player-1")]
    [DataRow("--kind", "ca show", "--kind", "root-ca")]
    [DataRow("--state", "ca show", "--state", "lost")]
    [DataRow("--expiring", "ca show", "--expiring", "-1")]
    [DataRow("--serial", "ca revoke", "--serial", "00")]
    [DataRow("--state", "device list", "--state", "lost")]
    [DataRow("--policy", "device list", "--policy", "open")]
    [DataRow("--expiring", "device list", "--expiring", "soon")]
    [DataRow("--expiring", "device list", "--expiring", "99999")]
    [DataRow("'xyz'", "image encrypt", "--offset", "xyz")]
    [DataRow("'-16'", "image encrypt", "--offset", "-16")]
    [DataRow("'0x'", "image decrypt", "--offset", "0x")]
    [DataRow("'4294967296'", "image decrypt", "--offset", "4294967296")]
    [DataRow("esp32", "image encrypt", "--chip", "esp99")]
    [DataRow("'zz'", "image encrypt", "--flash-crypt-config", "zz")]
    [DataRow("--flash-crypt-config", "image decrypt", "--flash-crypt-config", "16")]
    [DataRow("--signing-key", "device provision", "--signing-key", "00")]
    [DataRow("--listen", "virtual-chip", "--listen", "nonsense")]
    [DataRow("--listen", "virtual-chip", "--listen", "192.0.2.1:0")]
    [DataRow("--mac", "virtual-chip", "--mac", "zz")]
    [DataRow("--mac", "virtual-chip", "--mac", "01:00:5e:00:00:01")]
    [DataRow("--chip", "virtual-chip", "--chip", "esp8266")]
    [DataRow("--chip", "bundle demo", "--chip", "esp8266")]
    [DataRow("--baud", "virtual-chip", "--baud", "abc")]
    [DataRow("--noise", "virtual-chip", "--noise", "0")]
    [DataRow("--bad-sector", "virtual-chip", "--bad-sector", "1024")]
    [DataRow("--flash-mb", "virtual-chip", "--flash-mb", "3")]
    [DataRow("--power-cut-after", "virtual-chip", "--power-cut-after", "-1")]
    [DataRow("--sabotage", "demo", "--sabotage", "everything")]
    [DataRow("--keep", "demo", "--keep", "")]
    [DataRow("--minutes", "broker token", "--minutes", "61")]
    [DataRow("--device-id", "broker token", "--device-id", "+")]
    [DataRow("--devices", "fleet simulate", "--devices", "0")]
    [DataRow("--devices", "fleet simulate", "--devices", "10001")]
    [DataRow("--devices", "fleet simulate", "--devices", "99999999999999999999")]
    [DataRow("--outage", "fleet simulate", "--outage", "-1")]
    [DataRow("--outage", "fleet simulate", "--outage", "1.5")]
    [DataRow("--strategy", "fleet simulate", "--strategy", "hope")]
    [DataRow("nope", "payload check", "--schema", "nope")]
    public async Task Malformed_values_are_wrong_usage(string named, string command, string option, string value)
    {
        var form = CommandForm.All.Single(one => one.Name == command);
        var error = (await InProcess.RunAsync(form.With(option, value))).Refused(2, "MKX-CLI-001").Error;
        Assert.Contains(named, error);
        Assert.DoesNotContain("System.", error, "people have no such types");
    }

    [TestMethod]
    public async Task A_list_is_printed_or_written_and_not_both() =>
        Assert.Contains("--csv", (await InProcess.RunAsync("device", "list", "--dir", "d", "--json", "--csv", "f")).Refused(2, "MKX-CLI-001").Error);

    [TestMethod]
    [DataRow("", "")]
    [DataRow("nonsense", "nonsense")]
    [DataRow("device", "")]
    [DataRow("ca nonsense", "nonsense")]
    [DataRow("image", "")]
    public async Task What_is_no_command_is_wrong_usage(string arguments, string named) =>
        Assert.Contains(named, (await Shell.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Refused(2, "MKX-CLI-001").Error);

    [TestMethod]
    public async Task An_argument_that_begins_with_an_at_sign_is_no_file_to_read_more_from()
    {
        using var scratch = new Scratch();
        scratch.Write("more", "--no-such-option");
        (await Shell.RunAsync(new CliStart { Folder = scratch.Root }, "bundle", "demo", "--out", "@more")).Succeeded();
        Assert.Contains("@more", scratch.Entries);
    }

    [TestMethod]
    public async Task Help_knows_every_command_of_these_tests_and_no_other()
    {
        var groups = await SubcommandsAsync();
        var leaves = new List<string>();
        foreach (var group in groups)
        {
            var below = await SubcommandsAsync(group);
            leaves.AddRange(below.Length == 0 ? [group] : below.Select(name => $"{group} {name}"));
        }

        CollectionAssert.AreEquivalent(CommandForm.All.Select(form => form.Name).ToArray(), leaves);
    }

    // What a default is called there may be copied into a script.
    [TestMethod]
    [DynamicData(nameof(Commands))]
    public async Task Default_in_the_help_is_a_value_that_the_option_takes(string command)
    {
        var form = CommandForm.All.Single(one => one.Name == command);
        var help = (await InProcess.RunAsync([.. command.Split(' '), "--help"])).Succeeded().Output;
        var root = MakapixRoot.Create(new CommandContext(TextWriter.Null, TextWriter.Null));
        foreach (var found in help.Split('\n').Select(line => Default().Match(line)).Where(match => match.Success))
        {
            var (option, value) = (found.Groups["option"].Value, found.Groups["value"].Value);
            Assert.IsEmpty(root.Parse(form.With(option, value)).Errors, $"{option} {value}");
            Assert.DoesNotContain("(default)", found.Value, "said twice");
        }
    }

    private static async Task<string[]> SubcommandsAsync(params string[] path)
    {
        var help = (await Shell.RunAsync([.. path, "--help"])).Succeeded();
        Assert.AreEqual("", help.Error);
        var list = help.Output.Split("Commands:\n");
        return list.Length < 2 ? [] : [.. list[1].Split('\n').Select(line => CommandName().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex(@"^  (?<option>--[a-z-]+).*\[default: (?<value>.*)\]$")]
    private static partial Regex Default();

    [GeneratedRegex(@"^  ([a-z-]+)(?: |$)")]
    private static partial Regex CommandName();
}
