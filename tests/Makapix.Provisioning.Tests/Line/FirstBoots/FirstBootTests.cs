using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line.FirstBoots;

/// <summary>A device is one once it was seen online, by its own word, said now, with the firmware that was written. Whatever else comes is no sighting.</summary>
[TestClass]
public sealed class FirstBootTests
{
    private static readonly Guid Other = Guid.NewGuid();

    public static IEnumerable<object[]> NoSightings =>
    [
        ["nothing was heard", (Guid _) => Array.Empty<MqttMessage>()],
        ["kept by the broker", (Guid device) => new[] { ScriptedWatch.Status(device, retained: true) }],
        ["only another device", (Guid _) => new[] { ScriptedWatch.Status(Other) }],
        ["only another device", (Guid device) => new[] { ScriptedWatch.Status(device, topic: Other) }],
        ["no status of it", (Guid device) => new[] { ScriptedWatch.Status(Other, topic: device) }],
        ["no status of it", (Guid device) => new[] { ScriptedWatch.Said(device, "{\"player_key\":") }],
        ["no status of it", (Guid device) => new[] { ScriptedWatch.Said(device, "[1]") }],
        ["no status of it", (Guid device) => new[] { ScriptedWatch.Said(device, "{\"player_key\":7,\"status\":\"online\"}") }],
        ["went offline", (Guid device) => new[] { ScriptedWatch.Status(device, "offline") }],
        ["went offline", (Guid device) => new[] { ScriptedWatch.Said(device, $"{{\"player_key\":\"{device}\",\"status\":[\"online\"]}}") }],
    ];

    [TestMethod]
    public async Task Device_that_was_seen_is_recorded_with_what_was_seen()
    {
        using var line = new StubLine();
        line.Watch.Script = (_, device) => [ScriptedWatch.Status(device, retained: true), ScriptedWatch.Status(Other), ScriptedWatch.Status(device, "offline"), ScriptedWatch.Status(device)];
        var device = await line.RunAsync();
        Assert.AreEqual((ScriptedWatch.Version, 1, false), (device.FirstBoot!.FirmwareVersion, device.FirstBoot.Boots, device.FirstBoot.WireProtocol));
        CollectionAssert.AreEqual(new[] { "flash_id", "summary", "write_flash", "burn_key", "summary", "run" }, line.Board.Words.ToArray());
        Assert.Contains("\"firstBoot\":{\"firmwareVersion\":\"0.1.0\"", await File.ReadAllTextAsync(Path.Combine(line.State, $"{device.DeviceId}.device.json")));
    }

    [TestMethod]
    [DynamicData(nameof(NoSightings))]
    public async Task Device_that_is_not_seen_is_written_once_more_and_then_said_to_be_none(string seen, Func<Guid, MqttMessage[]> messages)
    {
        using var line = NeverSeeing(messages);
        var error = await Assert.ThrowsExactlyAsync<LineException>(line.RunAsync);
        Assert.AreEqual("MKX-LINE-151", error.Code);
        Assert.Contains(seen, error.Cause);
        CollectionAssert.AreEqual(new[] { "flash_id", "summary", "write_flash", "burn_key", "summary", "run", "write_flash", "run" }, line.Board.Words.ToArray());
        Assert.AreEqual(line.Board.Flashed[0], line.Board.Flashed[1], "the same ciphertext, from memory");
        Assert.AreEqual((StepNames.Boot, JournalEvent.Failed), (line.Journal[^1].Step, line.Journal[^1].Event));
        Assert.Contains("MKX-LINE-151", line.Journal[^1].Reason!);
        Assert.IsNull(LineBench.Certificate(line.Journal[^1].Serial!).RevokedAt, "it may come online yet");
    }

    [TestMethod]
    public async Task Second_boot_that_is_seen_makes_the_device()
    {
        using var line = NeverSeeing(_ => []);
        line.Watch.Script = (n, device) => n == 1 ? [] : [ScriptedWatch.Status(device)];
        var device = await line.RunAsync();
        Assert.AreEqual(2, device.FirstBoot!.Boots);
        Assert.AreEqual(line.Board.Flashed[0], line.Board.Flashed[1]);
        Assert.HasCount(2, line.Board.Flashed);
    }

    [TestMethod]
    public async Task Run_without_the_ciphertext_only_boots_and_watches()
    {
        using var line = NeverSeeing(_ => []);
        await Assert.ThrowsExactlyAsync<LineException>(line.RunAsync);
        line.Board.Calls.Clear();
        Assert.AreEqual("MKX-LINE-151", (await Assert.ThrowsExactlyAsync<LineException>(line.RunAsync)).Code);
        CollectionAssert.AreEqual(new[] { "flash_id", "summary", "summary", "run" }, line.Board.Words.ToArray(), "nothing to write is left");
    }

    [TestMethod]
    public async Task Other_firmware_than_the_bundle_says_is_refused_at_once()
    {
        using var line = new StubLine();
        line.Watch.Script = (_, device) => [ScriptedWatch.Status(device, version: @"0.0.9\u001b[2J")];
        var error = await Assert.ThrowsExactlyAsync<LineException>(line.RunAsync);
        Assert.AreEqual("MKX-LINE-153", error.Code);
        Assert.Contains("0.0.9?[2J", error.Cause, "printable");
        Assert.HasCount(1, line.Board.Flashed);
    }

    [TestMethod]
    public async Task Broker_that_is_down_costs_no_certificate_and_nothing_is_written()
    {
        using var line = new StubLine();
        line.Watch.OnOpen = () => throw new MqttException(MqttFailure.Unreachable, "refused.");
        Assert.AreEqual("MKX-MQTT-002", (await Assert.ThrowsExactlyAsync<MqttException>(line.RunAsync)).Code);
        CollectionAssert.AreEqual(new[] { "flash_id", "summary" }, line.Board.Words.ToArray());
        Assert.IsFalse(CertificateAuthority.List(Workshop.AuthorityFolder).Any(certificate => certificate.Serial == line.Journal[^1].Serial));
    }

    [TestMethod]
    [DataRow(true, DisplayName = "while it is waited for")]
    [DataRow(false, DisplayName = "before the boot")]
    public async Task Broker_that_is_lost_leaves_a_board_that_the_next_run_finishes(bool waiting)
    {
        using var line = new StubLine();
        var opened = 0;
        line.Watch.OnOpen = () => _ = !waiting && ++opened == 2 ? throw Lost() : opened;
        line.Watch.Script = (n, device) => waiting && n == 1 ? Losing() : [ScriptedWatch.Status(device)];
        Assert.AreEqual("MKX-LINE-152", (await Assert.ThrowsExactlyAsync<LineException>(line.RunAsync)).Code);
        Assert.HasCount(1, line.Board.Flashed, "the flash is not to blame");

        var device = await line.RunAsync();
        Assert.IsTrue(device.Resumed);
        Assert.AreEqual(1, device.FirstBoot!.Boots);
    }

    [TestMethod]
    public async Task Lock_of_a_sealed_device_waits_for_its_first_boot()
    {
        using var line = NeverSeeing(_ => []);
        await Assert.ThrowsExactlyAsync<LineException>(() => line.RunAsync(line.Request with { Policy = ProvisioningPolicy.Sealed }));
        Assert.DoesNotContain("burn_efuse", line.Board.Words.ToArray());
        Assert.DoesNotContain(StepNames.Lock, line.Progress.Steps);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(601)]
    public void Patience_that_is_none_is_refused(int seconds)
    {
        using var line = new StubLine();
        Assert.AreEqual("MKX-LINE-155", Assert.ThrowsExactly<LineException>(() => line.Request with { BootPatience = TimeSpan.FromSeconds(seconds) }).Code);
    }

    private static StubLine NeverSeeing(Func<Guid, MqttMessage[]> messages)
    {
        var clock = new ManualTime(DateTimeOffset.UtcNow);
        var line = new StubLine { Clock = clock };
        line.Watch.Script = (_, device) => messages(device);
        line.Watch.OnSilence = () => clock.Advance(line.Request.BootPatience);
        return line;
    }

    private static IEnumerable<MqttMessage> Losing()
    {
        foreach (var none in Array.Empty<MqttMessage>())
        {
            yield return none;
        }

        throw Lost();
    }

    private static MqttException Lost() => new(MqttFailure.SessionLost, "the session is over.");
}
