using System;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
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
        var broker = new IPEndPoint(IPAddress.Loopback, LoopbackPort.Free());

        (await NewAuthority.MakeAsync(scratch, "ca")).Succeeded();
        (await Shell.RunAsync("bundle", "demo", "--out", scratch.At("bundle"))).Succeeded();
        (await Shell.RunAsync(passphrase, "ca", "issue-broker", "--dir", scratch.At("ca"), "--host", "localhost", "--out", scratch.At("broker"), "--passphrase-fd", "3")).Succeeded();

        string device;
        await using (var chip = await ChipOnPort.StartAsync(scratch.At("chip"), "--mac", "24:0a:c4:01:02:03"))
        {
            var provisioned = await Shell.RunAsync(
                both,
                "device", "provision", "--port", chip.Port, "--bundle", scratch.At("bundle"), "--authority", scratch.At("ca"), "--passphrase-fd", "3",
                "--broker", $"localhost:{broker.Port}", "--wifi-ssid", "@home", "--wifi-password-fd", "4", "--state", scratch.At("state"), "--json");
            using var json = JsonDocument.Parse(provisioned.Succeeded().Output);
            device = json.RootElement.GetProperty("deviceId").GetString()!;
            Assert.AreEqual("24:0a:c4:01:02:03", json.RootElement.GetProperty("mac").GetString());
            Assert.DoesNotContain("a Wi-Fi password", provisioned.ToString());
            (await chip.StopAsync()).Failed(130, "MKX-CLI-130");
        }

        await using (await MosquittoProcess.StartAsync(new MosquittoOptions(scratch.At("broker"), broker, PlayerAcl.Text([])), CancellationToken.None))
        {
            await using var running = Shell.Start("device", "run", "--chip", scratch.At("chip"));
            Assert.StartsWith($"device {device}, ", await running.ErrorAsync("device "));
            Assert.AreEqual("online", await running.OutputAsync("online"));
            await running.InterruptAsync();
            (await running.ExitAsync()).Failed(130, "MKX-CLI-130");
        }
    }

    [TestMethod]
    public async Task A_revoked_device_is_out_after_the_list_is_published_and_the_broker_told()
    {
        using var scratch = new Scratch();
        var broker = new IPEndPoint(IPAddress.Loopback, LoopbackPort.Free());
        scratch.Copy(await Workbench.FusedChipAsync(), "chip");
        scratch.Copy(await Workbench.AuthorityAsync(), "ca");
        (await Shell.RunAsync(Workbench.WithPassphrase, "ca", "issue-broker", "--dir", scratch.At("ca"), "--host", "localhost", "--out", scratch.At("broker"), "--passphrase-fd", "0")).Succeeded();
        await using var mosquitto = await MosquittoProcess.StartAsync(new MosquittoOptions(scratch.At("broker"), broker, PlayerAcl.Text([])), CancellationToken.None);

        var device = await OnlineAsync(scratch, broker);
        (await Shell.RunAsync(Workbench.WithPassphrase, "ca", "revoke", "--dir", scratch.At("ca"), "--cn", device, "--reason", "keyCompromise", "--passphrase-fd", "0")).Succeeded();
        (await Shell.RunAsync(Workbench.WithPassphrase, "ca", "crl", "--dir", scratch.At("ca"), "--out", scratch.At("broker", "crl.pem"), "--passphrase-fd", "0")).Succeeded();
        await mosquitto.ReloadAsync(CancellationToken.None);

        await using var running = Shell.Start("device", "run", "--chip", scratch.At("chip"), "--broker", $"localhost:{broker.Port}");
        await running.ErrorAsync("certificate_refused");
        await running.InterruptAsync();
        var refused = await running.ExitAsync();
        Assert.AreEqual(130, refused.ExitCode, refused.ToString());
        Assert.DoesNotContain("online", refused.Output);
        Assert.IsTrue(mosquitto.Log.Any(line => line.Contains("certificate", StringComparison.Ordinal) && line.Contains("fail", StringComparison.Ordinal)), string.Join('\n', mosquitto.Log));
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
}
