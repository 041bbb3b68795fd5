using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Line.Lanes;

namespace Makapix.Benchmarks;

/// <summary>
/// A board alone, then eight at a time, then a board alone again: all by the real esptool and espefuse, over lines paced as UARTs. The serial line is the one thing that
/// nobody can hurry and that eight ports have eight of; all else shares the machine.
/// </summary>
/// <param name="ports">How many at a time.</param>
/// <param name="baud">Rate of each line.</param>
internal sealed class PortsBenchmark(int ports = 8, int baud = 921_600) : IBenchmark
{
    private const double MostOfOnePort = 1.5;
    private const double MostOfOurs = 0.1;
    private const string Passphrase = "for no secret";

    public string Name => "ports";

    public string Description => "eight boards at a time and one alone, over serial lines at 921,600 baud: the time of all, and where it goes";

    public IReadOnlyDictionary<string, double> Run() => RunAsync().GetAwaiter().GetResult();

    private async Task<IReadOnlyDictionary<string, double>> RunAsync()
    {
        using var folder = new DiskFolder();
        DemoBundle.Create(folder.At("bundle"));
        var bundle = FirmwareBundle.Load(folder.At("bundle"));
        using var authority = CertificateAuthority.Init(new CeremonyPlan(folder.At("authority"), folder.At("root")), Passphrase, Passphrase + " either");
        var version = await EspTool.VersionAsync(new ProcessToolRunner(), CancellationToken.None);

        var before = await ProvisionAsync("before", 1);
        var many = await ProvisionAsync("many", ports);
        var after = await ProvisionAsync("after", 1);
        return Judge(many, (before.Seconds + after.Seconds) / 2);

        async Task<PortsRun> ProvisionAsync(string name, int count)
        {
            await using var bench = new VirtualBench(folder.At(name), count, baud);
            var tools = new TimedToolRunner(new ProcessToolRunner());
            var line = new ProvisioningLine(new EspTools(tools, version), authority, new EverythingOnline(bundle.FirmwareVersion), TimeProvider.System) { LockFolder = folder.At("locks"), Silence = TimeSpan.Zero };
            var runner = new LineBoardRunner(line, authority.Ledger, port => new ProvisioningRequest(ChipPort.Parse(port), bundle, "broker.example.org", 8883, folder.At("state")));
            var lanes = new QuietLanes();
            var (start, processor) = (Stopwatch.GetTimestamp(), ChildProcessor.Seconds);
            await new ParallelLine(runner, new NamedPortWatch(bench.Ports, PortWatches.OfThisMachine()), lanes, TimeProvider.System) { Count = count }.RunAsync(CancellationToken.None);
            return PortsRun.Of(Stopwatch.GetElapsedTime(start).TotalSeconds, lanes.Devices, bench.LineSeconds, tools) with { ToolsProcessor = ChildProcessor.Seconds - processor };
        }
    }

    private IReadOnlyDictionary<string, double> Judge(PortsRun many, double alone)
    {
        var figures = new Figures
        {
            ["ports"] = ports,
            ["baud"] = baud,
            ["cores"] = Environment.ProcessorCount,
            ["one_port_s"] = alone,
            ["all_ports_s"] = many.Seconds,
            ["all_over_one_ratio"] = many.Seconds / alone,
            ["tool_calls_per_board"] = (double)many.Calls / ports,
            ["line_percent"] = 100 * many.Line / many.Boards,
            ["tools_percent"] = 100 * (many.Tools - many.Line) / many.Boards,
            ["ours_percent"] = 100 * many.Ours / many.Boards,
        };
        if (many.ToolsProcessor is { } processor)
        {
            // What all cores have to do before the last board can be done, however the calls lie.
            figures["tools_processor_s_per_board"] = processor / ports;
            figures["tools_processor_of_all_cores_s"] = processor / Environment.ProcessorCount;
        }

        figures.Require(figures["all_over_one_ratio"] <= MostOfOnePort, $"{ports} ports take more than {MostOfOnePort} times as long as one");
        figures.Require(many.Ours <= MostOfOurs * many.Boards, $"more than {MostOfOurs:P0} of the time is neither the line's nor the tools'");
        return figures.Judged();
    }
}
