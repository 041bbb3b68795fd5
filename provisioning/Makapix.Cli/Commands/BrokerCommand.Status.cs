using System;
using System.CommandLine;
using System.IO;
using Makapix.Provisioning.Broker.Up;

namespace Makapix.Cli.Commands;

internal static partial class BrokerCommand
{
    private static Command Status(CommandContext context)
    {
        var directory = RunFolder();
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        const string What = "Tell how a kit that runs is: the front's figures, whether a handshake comes about, brokers, what is used of each limit, and when certificate and revocation lists end. Answers 1 if players are not let in.";
        return context.Handle(new Command("status", What) { directory, json }, async (parsed, cancel) =>
        {
            var status = await KitStatus.ReadAsync(parsed.GetRequiredValue(directory), DateTimeOffset.UtcNow, cancel);
            if (parsed.GetValue(json))
            {
                context.Out.WriteLine(status.ToJson());
            }
            else
            {
                Show(context.Out, status);
            }

            return status.Ok ? ExitCode.Done : ExitCode.Failed;
        });
    }

    private static void Show(TextWriter output, KitStatus status)
    {
        output.WriteLine($"up since {status.Since:u}, on 127.0.0.1:{status.Port}");
        var front = status.Front;
        output.WriteLine(front.Answers
            ? $"{Mark(true)} front (process {front.ProcessId}): {Of(front.Connections)} connections; since its start or reload {front.Accepted} came, {front.Refused} refused, {front.RefusedSilently} refused silently"
            : $"{Mark(false)} front (process {front.ProcessId}): its exporter does not answer");
        output.WriteLine(status.Handshake is { } shown
            ? $"{Mark(shown.DaysLeft >= 0)} handshake through the front: a broker shows its certificate, {Until(shown)}"
            : $"{Mark(false)} handshake through the front: no broker shows its certificate within {KitStatus.HandshakeLimit.TotalSeconds:0} s");
        foreach (var broker in status.Brokers)
        {
            var state = !broker.IsAlive ? "has ended" : broker.IsUp switch { true => "answers", false => "does not answer the front", null => "lives" };
            output.WriteLine($"{Mark(broker.IsWell)} broker {broker.Name} (process {broker.ProcessId}) {state}: {Of(broker.Connections)} connections, {broker.MemoryBytes.Now >> 20} of {broker.MemoryBytes.Limit >> 20} MiB");
        }

        output.WriteLine($"{Mark(status.Certificate.DaysLeft >= 0)} certificate: {Until(status.Certificate)}");
        foreach (var list in status.RevocationLists)
        {
            output.WriteLine($"{Mark(list.DaysLeft >= 0)} revocation list: {Until(list)}");
        }
    }

    private static string Mark(bool good) => good ? "✓" : "✗";

    private static string Of(KitUse use) => $"{use.Now?.ToString() ?? "?"} of {use.Limit}";

    private static string Until(KitEnd end) => end.DaysLeft < 0 ? $"ended {end.Ends:u}" : $"{end.DaysLeft} days left, until {end.Ends:u}";
}
