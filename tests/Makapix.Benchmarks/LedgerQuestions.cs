using System;
using System.Linq;
using Makapix.Provisioning.Ledger;

namespace Makapix.Benchmarks;

/// <summary>How fast a large ledger answers what people ask it: in this process, and one of it by the command line.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="devices">How many devices it has.</param>
/// <param name="command">The command line on it.</param>
internal sealed class LedgerQuestions(DeviceLedger ledger, int devices, ShowCommand command)
{
    private const double MostMilliseconds = 50;
    private const int Times = 15;
    private const int Page = 50;

    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    /// <summary>Asks, and notes the answers' times.</summary>
    public void Run(Figures figures)
    {
        var known = Ask(view => view.Devices(new DeviceQuery(_now) { Batch = SimulatedBoard.BatchOf(devices / 2), Limit = 1 }).Single());
        Hold(figures, "show", Time("show", view => view.FindDevice(known.Id)?.Mac == known.Mac ? 1 : 0, 1));
        Hold(figures, "history", Time("history", view => view.About(known.Id.ToString("D")).Count + view.About(known.Mac).Count + view.About(known.Certificate.Serial).Count, null));
        Hold(figures, "list_page", Time("list_page", view => view.Devices(new DeviceQuery(_now) { Limit = Page }).Count(), Math.Min(Page, devices)));
        Hold(figures, "list_batch", Time("list_batch", view => view.Devices(new DeviceQuery(_now) { Batch = known.Batch }).Count(), Math.Min(SimulatedBoard.BatchSize, devices)));
        Hold(figures, "list_expiring", Time("list_expiring", view => view.Devices(new DeviceQuery(_now) { ExpiringWithin = TimeSpan.FromDays(30) }).Count(), null));
        Hold(figures, "list_state", Time("list_state", view => view.Devices(new DeviceQuery(_now) { State = DeviceState.Quarantined }).Count(), null));
        Hold(figures, "list_text", Time("list_text", view => view.Devices(new DeviceQuery(_now) { Text = known.Mac }).Count(), 1));

        // All devices, counted or listed: that grows with them. Told, and held to nothing.
        Time("summary", view => (int)view.Summary(_now).Devices.Values.Sum(), devices).Put(figures, "summary");
        Time("list_all", view => view.Devices(new DeviceQuery(_now)).Count(), devices).Put(figures, "list_all");
        figures["show_command_ms"] = command.Time(known.Id).Median;
    }

    private static void Hold(Figures figures, string name, Samples samples)
    {
        samples.Put(figures, name);
        figures.Require(samples.Processor < MostMilliseconds, $"{name} takes more than {MostMilliseconds} ms");
    }

    private Samples Time(string name, Func<LedgerView, int> question, int? expected)
    {
        var samples = new Samples();
        for (var i = 0; i < Times; i++)
        {
            var found = 0;
            samples.Time(() => found = Ask(question));
            if (found == 0 || (expected is { } right && found != right))
            {
                throw new BenchmarkException($"{name} found {found} of {expected}.");
            }
        }

        return samples;
    }

    private T Ask<T>(Func<LedgerView, T> question)
    {
        using var view = ledger.Read();
        return question(view);
    }
}
