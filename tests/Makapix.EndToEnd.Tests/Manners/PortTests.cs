using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Mqtt.Desktop;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Manners;

/// <summary>Ports that are taken, dead, or held by something that is no chip; chips that are no fresh board; brokers that are not there.</summary>
[TestClass]
public sealed class PortTests
{
    [TestMethod]
    public async Task Where_nothing_listens_there_is_no_port()
    {
        using var scratch = new Scratch();
        await RefuseAsync($"socket://127.0.0.1:{FreePort.Pick()}", scratch, "MKX-CHIP-010");
    }

    [TestMethod]
    [DataRow("", DisplayName = "silent")]
    [DataRow("HTTP/1.1 400 Bad Request\r\n\r\n", DisplayName = "a web server")]
    [DataRow("\u00c0\u00c0\u00db\u00dd\u0001\u0008\u00c0", DisplayName = "broken frames")]
    public async Task What_is_no_chip_is_told_apart(string greeting)
    {
        using var scratch = new Scratch();
        using var stop = new CancellationTokenSource();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, greeting, stop.Token);
        await RefuseAsync($"socket://{listener.LocalEndpoint}", scratch, "MKX-CHIP-012");
        await stop.CancelAsync();
        await serving;
    }

    [TestMethod]
    public async Task A_port_in_use_is_said()
    {
        using var scratch = new Scratch();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        (await Shell.RunAsync("virtual-chip", "--listen", $"{other.LocalEndpoint}", "--state", scratch.At("chip"))).Refused(1, "MKX-VCHIP-001");
    }

    [TestMethod]
    public async Task A_chip_that_is_a_device_already_is_not_touched()
    {
        using var scratch = new Scratch();
        var chip = scratch.Copy(await Workbench.FusedChipAsync(), "chip");
        var before = await File.ReadAllBytesAsync(Path.Combine(chip, "flash.bin"));
        await using (var port = await ChipOnPort.StartAsync(chip))
        {
            // Whichever station made it: they share the ledger.
            await RefuseAsync(port.Port, scratch, "MKX-LINE-104");
            await port.StopAsync();
        }

        CollectionAssert.AreEqual(before, await File.ReadAllBytesAsync(Path.Combine(chip, "flash.bin")));
    }

    [TestMethod]
    public async Task A_board_that_was_just_finished_is_named()
    {
        using var scratch = new Scratch();
        await using var chip = await ChipOnPort.StartAsync(scratch.At("chip"));
        (await Shell.RunAsync(Workbench.WithPassphrase, await Workbench.ProvisionAsync(chip.Port, scratch.At("state")))).Succeeded();
        await RefuseAsync(chip.Port, scratch, "MKX-LINE-104");
    }

    [TestMethod]
    public async Task A_chip_that_answers_the_debug_protocol_is_no_device()
    {
        using var scratch = new Scratch();
        await using var chip = await ChipOnPort.StartAsync(scratch.At("chip"), "--answer-wire-protocol");
        (await Shell.RunAsync(Workbench.WithPassphrase, await Workbench.ProvisionAsync(chip.Port, scratch.At("state")))).Refused(1, "MKX-LINE-154");
        Assert.IsEmpty(Directory.GetFiles(scratch.At("state"), "*.device.json"));
    }

    [TestMethod]
    public async Task Without_a_broker_a_device_says_so_goes_on_trying_and_ends_with_Ctrl_C()
    {
        using var scratch = new Scratch();
        await using var device = Shell.Start("device", "run", "--chip", scratch.Copy(await Workbench.FusedChipAsync(), "chip"), "--broker", $"localhost:{FreePort.Pick()}");
        Assert.StartsWith("MKX-MQTT-002: ", await device.ErrorAsync("MKX-MQTT-002"));
        await device.ErrorAsync("next attempt");
        await device.InterruptAsync();
        var run = await device.ExitAsync();
        Assert.AreEqual(130, run.ExitCode, run.ToString());
        Assert.DoesNotContain("online", run.Output);
        Assert.IsEmpty(device.Survivors);
    }

    private static async Task RefuseAsync(string port, Scratch scratch, string code)
    {
        var run = (await Shell.RunAsync(Workbench.WithPassphrase, await Workbench.ProvisionAsync(port, scratch.At("state")))).Refused(1, code);
        Assert.DoesNotContain("issue the identity", run.Error);
    }

    // Takes what comes and answers with the same, whatever is asked; or never.
    private static async Task ServeAsync(TcpListener listener, string greeting, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop);
                var buffer = new byte[1024];
                try
                {
                    do
                    {
                        await client.GetStream().WriteAsync(System.Text.Encoding.Latin1.GetBytes(greeting), stop);
                    }
                    while (await client.GetStream().ReadAsync(buffer, stop) > 0);
                }
                catch (IOException)
                {
                    // It hung up; the next one may come.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
