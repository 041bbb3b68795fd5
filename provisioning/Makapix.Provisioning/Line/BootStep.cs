using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Chips.WireProtocol;
using Makapix.Provisioning.Line.FirstBoots;

namespace Makapix.Provisioning.Line;

/// <summary>
/// 9: the first boot, before anything is locked for good. The device must be seen online at its broker with its new identity and the firmware that was written; and its
/// serial port must be silent to the debug protocol. Whatever was seen instead is said, and the board left open.
/// </summary>
internal sealed class BootStep : ILineStep
{
    private const int MostBoots = 2;

    public string Name => StepNames.Boot;

    public string Title => "first boot: wait until it is seen online";

    public bool Applies(LineContext context) => true;

    public async Task<string> RehearseAsync(LineContext context, ToolRecorder tools)
    {
        await tools.RecordAsync(chip => chip.Esptool.BootAsync(context.Request.Port, CancellationToken.None));
        return $"boot, see the device online at {context.Plan.Broker} with firmware {context.Plan.FirmwareVersion} within {context.Request.BootPatience.TotalSeconds:0} s, and hear nothing on its serial port";
    }

    public async Task<string> RunAsync(LineContext context, CancellationToken cancel)
    {
        var boots = 1;
        var judge = new FirstBootJudge(context.DeviceId!.Value, context.Plan.FirmwareVersion);
        double? seconds;
        while ((seconds = await BootAsync(context, judge, cancel)) is null)
        {
            // Of a run that was interrupted nobody has the ciphertext any more.
            if (context.Resumes || boots == MostBoots)
            {
                throw NotSeen(context, judge);
            }

            await WriteAgainAsync(context, judge, cancel);
            boots++;
        }

        var answers = await AnswersAsync(context, cancel);
        context.FirstBoot = new FirstBoot(context.Plan.FirmwareVersion, seconds.Value, boots, answers);
        context.ForgetFlash();
        return $"online at {context.Plan.Broker} after {seconds:0.0} s with firmware {context.Plan.FirmwareVersion}{(boots > 1 ? ", at the second boot" : "")}; "
            + (answers ? "its serial port answers the debug protocol: for the laboratory only" : "its serial port is silent to the debug protocol");
    }

    /// <summary>Boots, and waits for the device. Null if it was not seen in time.</summary>
    private static async Task<double?> BootAsync(LineContext context, FirstBootJudge judge, CancellationToken cancel)
    {
        try
        {
            return await SeeAsync(context, judge, cancel);
        }
        catch (MqttException e)
        {
            throw new LineException("152", $"the broker was lost before device {context.DeviceId} was seen: {e.Cause.TrimEnd('.')}.", "Mend the broker, then run 'makapix device resume': nothing is locked yet, and the board is finished then.", e);
        }
    }

    private static async Task<double?> SeeAsync(LineContext context, FirstBootJudge judge, CancellationToken cancel)
    {
        var request = context.Request;

        // Before the boot: what it says at once is heard too. Nothing of it can be older, since in the loader it says nothing.
        await using var session = await context.Boot.Watch.OpenAsync(request.BrokerHost, request.BrokerPort, context.DeviceId!.Value, cancel);
        var start = context.Timestamp;
        SwappedBoard.Refuse(context, await context.Tools.Esptool.BootAsync(request.Port, cancel));
        using var bound = new CancellationTokenSource(request.BootPatience, context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancel);
        try
        {
            while (!judge.Accepts(await session.NextAsync(either.Token)))
            {
                if (judge.OtherVersion is { } other)
                {
                    throw new LineException("153", $"device {context.DeviceId} came online with firmware {other}, and the bundle says {context.Plan.FirmwareVersion}.", "Set the board aside, and mend the bundle: what it says is not what is in it.");
                }
            }

            return Math.Round(context.Since(start).TotalSeconds, 3);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task WriteAgainAsync(LineContext context, FirstBootJudge judge, CancellationToken cancel)
    {
        context.Progress.Started(StepNames.Write, $"not seen online ({judge.Seen}): write the ciphertext once more");
        context.Record(StepNames.Write, JournalEvent.Begin);
        await WriteStep.WriteAsync(context, cancel);
        context.Record(StepNames.Write, JournalEvent.Done);
        context.Progress.Started(StepNames.Boot, "boot once more");
    }

    /// <exception cref="LineException">154: it answers, and must not.</exception>
    private static async Task<bool> AnswersAsync(LineContext context, CancellationToken cancel)
    {
        await using var line = await context.Boot.OpenLine(context.Request.Port, cancel);
        var answers = await new WirePing(context.Clock).IsAnsweredAsync(line, context.Boot.SilenceAt(context.Request.Port), cancel);
        if (!answers || context.Plan.Policy == ProvisioningPolicy.Lab)
        {
            return answers;
        }

        // Nothing mends it: the key that could put another nanoCLR there leaves with this run, and this one is in every board of its bundle.
        var scrap = new LineException("154", "the device answers nanoFramework's debug protocol on its serial port, which hands out what flash encryption hides; its bundle says that it does not.", "Scrap the board. Its certificate is revoked: publish that ('makapix ca crl'), or its broker lets it in. Do not use this bundle again.");
        context.VoidOwn(keyIsExposed: true);
        context.Record(StepNames.Boot, JournalEvent.Scrapped, scrap.Cause);
        throw scrap;
    }

    private static LineException NotSeen(LineContext context, FirstBootJudge judge) => new(
        "151",
        $"device {context.DeviceId} was not seen online at {context.Plan.Broker} within {context.Request.BootPatience.TotalSeconds:0} s{(context.Resumes ? "" : ", nor after its flash was written once more")}: {judge.Seen}.",
        $"Nothing is locked yet. Look at {(context.Plan.WifiSsid is { } ssid ? $"the Wi-Fi network '{ssid}' and its password, " : "")}the broker's log and its access list, then run 'makapix device resume'."
            + (context.Resumes ? " If others come online there, scrap this one and revoke its certificate: nobody has the key by which its flash could be written again." : ""));
}
