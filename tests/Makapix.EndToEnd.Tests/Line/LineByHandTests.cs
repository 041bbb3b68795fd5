using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Broker;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Line;

/// <summary>The whole way, one command after the other, as the README has people type it.</summary>
[TestClass]
public sealed class LineByHandTests
{
    [TestMethod]
    public async Task From_a_new_authority_to_a_device_online_and_out_again()
    {
        using var scratch = new Scratch();
        var passphrase = new CliStart { Descriptors = new() { [3] = scratch.Write("passphrase", Workbench.Passphrase + "\n") } };
        var both = new CliStart { Descriptors = new() { [3] = scratch.At("passphrase"), [4] = scratch.Write("wifi", "a Wi-Fi password\n") } };
        var broker = new IPEndPoint(IPAddress.Loopback, FreePort.Pick());

        (await NewAuthority.MakeAsync(scratch, "ca")).Succeeded();
        (await Shell.RunAsync("bundle", "demo", "--out", scratch.At("bundle"))).Succeeded();
        (await Shell.RunAsync(passphrase, "ca", "issue-broker", "--dir", scratch.At("ca"), "--host", "localhost", "--out", scratch.At("broker"), "--passphrase-fd", "3")).Succeeded();

        (await Shell.RunAsync(passphrase, "ca", "issue-operator", "--dir", scratch.At("ca"), "--name", "station", "--out", scratch.At("operator"), "--passphrase-fd", "3")).Succeeded();
        await using var mosquitto = await MosquittoProcess.StartAsync(new MosquittoOptions(scratch.At("broker"), broker, PlayerAcl.Text(["op_station"])), CancellationToken.None);

        string device;
        await using (var chip = await ChipOnPort.StartAsync(scratch.At("chip"), "--mac", "24:0a:c4:01:02:03"))
        {
            var provisioned = await Shell.RunAsync(
                both,
                "device", "provision", "--port", chip.Port, "--bundle", scratch.At("bundle"), "--authority", scratch.At("ca"), "--passphrase-fd", "3",
                "--broker", $"localhost:{broker.Port}", "--wifi-ssid", "@home", "--wifi-password-fd", "4", "--state", scratch.At("state"), "--operator", scratch.At("operator"), "--json");
            using var json = JsonDocument.Parse(provisioned.Succeeded().Output);
            device = json.RootElement.GetProperty("deviceId").GetString()!;
            Assert.AreEqual("24:0a:c4:01:02:03", json.RootElement.GetProperty("mac").GetString());
            Assert.AreEqual("0.1.0", json.RootElement.GetProperty("firstBoot").GetProperty("firmwareVersion").GetString());
            Assert.DoesNotContain("a Wi-Fi password", provisioned.ToString());
            (await chip.StopAsync()).Failed(130, "MKX-CLI-130");
        }

        await using var running = Shell.Start("device", "run", "--chip", scratch.At("chip"));
        Assert.StartsWith($"device {device}, ", await running.ErrorAsync("device "));
        Assert.AreEqual("online", await running.OutputAsync("online"));
        await running.InterruptAsync();
        (await running.ExitAsync()).Failed(130, "MKX-CLI-130");
    }

    [TestMethod]
    public async Task A_revoked_device_is_out_after_the_list_is_published_and_the_broker_told()
    {
        using var scratch = new Scratch();
        var broker = new IPEndPoint(IPAddress.Loopback, FreePort.Pick());
        scratch.Copy(await Workbench.FusedChipAsync(), "chip");
        scratch.Copy(await Workbench.AuthorityAsync(), "ca");
        (await Shell.RunAsync(Workbench.WithPassphrase, "ca", "issue-broker", "--dir", scratch.At("ca"), "--host", "localhost", "--out", scratch.At("broker"), "--passphrase-fd", "0")).Succeeded();
        await using var mosquitto = await MosquittoProcess.StartAsync(new MosquittoOptions(scratch.At("broker"), broker, PlayerAcl.Text([])), CancellationToken.None);

        var device = await OnlineAsync(scratch, broker);
        (await Shell.RunAsync(Workbench.WithPassphrase, "ca", "revoke", "--dir", scratch.At("ca"), "--cn", device, "--reason", "keyCompromise", "--passphrase-fd", "0")).Succeeded();
        (await Shell.RunAsync(Workbench.WithPassphrase, "ca", "crl", "--dir", scratch.At("ca"), "--out", scratch.At("broker", "crl.pem"), "--passphrase-fd", "0")).Succeeded();
        await mosquitto.ReloadAsync(CancellationToken.None);
        await SaidAsync(mosquitto, "Reloading config");

        await using var running = Shell.Start("device", "run", "--chip", scratch.At("chip"), "--broker", $"localhost:{broker.Port}");
        await running.ErrorAsync("certificate_refused");
        await running.InterruptAsync();
        var refused = await running.ExitAsync();
        Assert.AreEqual(130, refused.ExitCode, refused.ToString());
        Assert.DoesNotContain("online", refused.Output);
        await SaidAsync(mosquitto, "certificate", "fail");
    }

    [TestMethod]
    public async Task New_issuing_CAs_and_a_new_broker_certificate_by_a_reload_do_not_touch_a_device()
    {
        using var scratch = new Scratch();
        var broker = new IPEndPoint(IPAddress.Loopback, FreePort.Pick());
        scratch.Copy(await Workbench.FusedChipAsync(), "chip");
        scratch.Copy(await Workbench.AuthorityAsync(), "ca");
        scratch.Copy(await Workbench.AuthorityAsync() + "-root", "ca-root");
        var secrets = NewAuthority.Secrets(scratch);
        string[] ca = ["--dir", scratch.At("ca"), "--passphrase-fd", "3"];
        string[] root = [.. ca, "--root", scratch.At("ca-root"), "--root-passphrase-fd", "4"];
        (await Shell.RunAsync(secrets, ["ca", "issue-broker", "--host", "localhost", "--out", scratch.At("broker"), .. ca])).Succeeded();
        await using var mosquitto = await MosquittoProcess.StartAsync(new MosquittoOptions(scratch.At("broker"), broker, PlayerAcl.Text([])), CancellationToken.None);
        var device = await OnlineAsync(scratch, broker);

        (await Shell.RunAsync(secrets, ["ca", "rotate-issuing", "--kind", "services", .. root])).Succeeded();
        (await Shell.RunAsync(secrets, ["ca", "rotate-issuing", "--kind", "devices", .. root])).Succeeded();
        (await Shell.RunAsync(secrets, ["ca", "issue-broker", "--host", "localhost", "--out", scratch.At("new"), .. ca])).Succeeded();
        foreach (var file in (string[])["broker.crt", "broker.key"])
        {
            File.Move(scratch.At("new", file), scratch.At("broker", file), overwrite: true);
        }

        (await Shell.RunAsync(secrets, ["ca", "crl", "--out", scratch.At("broker", "crl.pem"), "--pid", $"{mosquitto.ProcessId}", .. ca])).Succeeded();
        await SaidAsync(mosquitto, "Reloading config");
        var served = await Tool.RunAsync("openssl", "s_client", "-connect", broker.ToString(), "-CAfile", scratch.At("ca", "root.crt"), "-verify_return_error");
        Assert.Contains("Services CA G2", served.Output);
        Assert.AreEqual(device, await OnlineAsync(scratch, broker), "the same device, untouched, under the new certificates");
    }

    [TestMethod]
    public async Task The_watch_publishes_and_reloads_the_broker_until_it_is_interrupted()
    {
        using var scratch = new Scratch();
        var broker = new IPEndPoint(IPAddress.Loopback, FreePort.Pick());
        scratch.Copy(await Workbench.AuthorityAsync(), "ca");
        (await Shell.RunAsync(Workbench.WithPassphrase, "ca", "issue-broker", "--dir", scratch.At("ca"), "--host", "localhost", "--out", scratch.At("broker"), "--passphrase-fd", "0")).Succeeded();
        await using var mosquitto = await MosquittoProcess.StartAsync(new MosquittoOptions(scratch.At("broker"), broker, PlayerAcl.Text([])), CancellationToken.None);
        var before = File.ReadAllText(scratch.At("broker", "crl.pem"));
        scratch.Write("mosquitto.pid", $"{mosquitto.ProcessId}\n");

        await using var watch = Shell.Start(
            Workbench.WithPassphrase, "ca", "crl", "--dir", scratch.At("ca"), "--out", scratch.At("broker", "crl.pem"), "--watch", "--pid-file", scratch.At("mosquitto.pid"), "--passphrase-fd", "0");
        await watch.ErrorAsync("new revocation lists, good until");
        Assert.AreNotEqual(before, File.ReadAllText(scratch.At("broker", "crl.pem")));
        await SaidAsync(mosquitto, "Reloading config");

        await watch.InterruptAsync();
        (await watch.ExitAsync()).Failed(130, "MKX-CLI-130");
    }

    private static async Task<string> OnlineAsync(Scratch scratch, IPEndPoint broker)
    {
        await using var running = Shell.Start("device", "run", "--chip", scratch.At("chip"), "--broker", $"localhost:{broker.Port}");
        var device = (await running.ErrorAsync("device ")).Split(' ', ',')[1];
        await running.OutputAsync("online");
        await running.InterruptAsync();
        await running.ExitAsync();
        return device;
    }

    // It has one thread: what it says first of a reload, it says before whoever comes next. What it does is seen before its words come through the pipe.
    private static Task SaidAsync(MosquittoProcess mosquitto, params string[] words) => Eventually.HoldsAsync(
        () => mosquitto.Log.Any(line => words.All(word => line.Contains(word, StringComparison.Ordinal))), () => $"{string.Join(' ', words)} is said: {string.Join('\n', mosquitto.Log)}");
}
