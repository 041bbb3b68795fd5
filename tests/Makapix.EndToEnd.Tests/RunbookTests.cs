using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Broker;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests;

/// <summary>The commands of the runbook in certs/README.md, as they stand there, one after another, with a real mosquitto: a reader in need has no time for a typing error.</summary>
[TestClass]
public sealed partial class RunbookTests
{
    [TestMethod]
    public async Task Every_command_does_what_the_runbook_has_it_for()
    {
        using var scratch = new Scratch();
        (await NewAuthority.MakeAsync(scratch, "ca")).Succeeded();
        await IssueAsync(scratch, "issue-broker", "--host", "localhost", "--out", scratch.At("certs"));
        await IssueAsync(scratch, "issue-operator", "--name", "localhost", "--out", scratch.At("op"));
        var listen = new IPEndPoint(IPAddress.Loopback, FreePort.Pick());
        await using var mosquitto = await MosquittoProcess.StartAsync(new MosquittoOptions(scratch.At("certs"), listen, ""), CancellationToken.None);
        scratch.Write("pid", mosquitto.ProcessId.ToString(CultureInfo.InvariantCulture));

        var ran = 0;
        foreach (var (title, commands) in Sections())
        {
            var old = await SerialAsync(scratch, title.Contains("operator", StringComparison.Ordinal) ? " op_localhost" : " localhost");
            var fresh = $"new-{ran}";
            foreach (var command in commands)
            {
                (await RunAsync(scratch, Fill(command, scratch, fresh, old))).Succeeded();
                ran++;
            }

            Assert.StartsWith("whole", (await Shell.RunAsync("ca", "verify", scratch.At("ca"))).Succeeded().Output, title);
        }

        Assert.IsGreaterThan(12, ran, "commands were found");
        Assert.AreEqual(4, Blocks(scratch.At("certs", "crl.pem")), "the root's, and one of each issuing CA that counts");
        Assert.AreEqual(4, Blocks(scratch.At("certs", "ca.crt")));
    }

    // Bold titles, and below each the commands between back-ticks that can be run as they are.
    private static IEnumerable<(string Title, string[] Commands)> Sections()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "certs", "README.md")).Split("\n## Runbook\n")[1].Split("\n## ")[0];
        return text.Split("\n**").Skip(1)
            .Select(section => (section.Split("**")[0], Command().Matches(section).Select(match => match.Groups[1].Value).ToArray()))
            .Where(section => section.Item2.Length > 0);
    }

    private static string Fill(string command, Scratch scratch, string fresh, string old) => new Dictionary<string, string>
    {
        ["ROOTDIR"] = scratch.At("ca-root"),
        ["DIR"] = scratch.At("ca"),
        ["CERTS"] = scratch.At("certs"),
        ["PIDFILE"] = scratch.At("pid"),
        ["NAME"] = "localhost",
        ["NEW"] = scratch.At(fresh),
        ["OLD"] = old,
        ["-o mosquitto"] = $"-o {Environment.UserName}",
    }.Aggregate(command, (filled, word) => Regex.Replace(filled, $@"(?<![A-Za-z]){word.Key}(?![A-Za-z])", word.Value));

    private static Task<CliRun> RunAsync(Scratch scratch, string command) => command.StartsWith("makapix ", StringComparison.Ordinal)
        ? Shell.RunAsync(NewAuthority.Secrets(scratch), [.. command.Split(' ')[1..], "--passphrase-fd", "3", .. command.Contains("--root ", StringComparison.Ordinal) ? ["--root-passphrase-fd", "4"] : Array.Empty<string>()])
        : Tool.RunAsync("sh", "-c", command);

    private static async Task IssueAsync(Scratch scratch, params string[] arguments) =>
        (await Shell.RunAsync(NewAuthority.Secrets(scratch), ["ca", .. arguments, "--dir", scratch.At("ca"), "--passphrase-fd", "3"])).Succeeded();

    private static async Task<string> SerialAsync(Scratch scratch, string name)
    {
        var shown = (await Shell.RunAsync("ca", "show", "--dir", scratch.At("ca"))).Succeeded().Output.Split('\n');
        return shown.First(line => line.EndsWith(name, StringComparison.Ordinal) && line.Contains(" valid ", StringComparison.Ordinal)).Split(' ')[0];
    }

    private static int Blocks(string pem) => File.ReadAllText(pem).Split("-----BEGIN ").Length - 1;

    [GeneratedRegex("`((?:makapix ca|install|kill) [^`…]+)`")]
    private static partial Regex Command();
}
