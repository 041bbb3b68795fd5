using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Cli.Demo.Checks;

namespace Makapix.Cli.Demo;

/// <summary>Runs the stages, then every check, whatever the ones before it said.</summary>
internal sealed class DemoRunner(DemoConsole console)
{
    // The last takes the broker away.
    private static readonly IDemoCheck[] Checks =
    [
        new CaCheck(), new ChipInspectedCheck(), new FlashIsCiphertextCheck(), new NoSecretOnDiskCheck(), new EfusesBurnedCheck(), new FirstBootSeenCheck(), new BootedFromEncryptedFlashCheck(),
        new OnlineCheck(), new CommandAckedCheck(), new BadPayloadRejectedCheck(), new StrangerRefusedCheck(), new NeighbourRefusedCheck(),
        new ImpostorBrokerRefusedCheck(), new RevokedRefusedCheck(), new ReconnectedCheck(),
    ];

    public async Task<DemoReport> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        try
        {
            await new DemoStages(world, console).RunAsync(cancel);
        }
        catch (Exception e) when (e is MakapixException or CheckFailedException)
        {
            // Told here; the checks then say, each for itself, what could not be shown.
            console.Detail(e.Message);
        }

        console.Line();
        var results = new List<CheckResult>();
        foreach (var check in Checks)
        {
            cancel.ThrowIfCancellationRequested();
            var result = await RunAsync(check, world, cancel);
            console.Show(result);
            results.Add(result);
        }

        return new DemoReport(results);
    }

    private static async Task<CheckResult> RunAsync(IDemoCheck check, DemoWorld world, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var sabotaged = check.Name == world.Sabotage.Check;
        CheckResult Result(bool ok, string detail) => new(check.Name, ok, detail, Math.Round(watch.Elapsed.TotalSeconds, 3));
        try
        {
            if (sabotaged)
            {
                world.Sabotage.BeforeCheck(world);
            }

            return Result(true, await check.RunAsync(world, cancel));
        }
        catch (Exception e) when (e is CheckFailedException or MakapixException)
        {
            return Result(false, e.Message);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // A check that breaks has not proved anything.
            return Result(false, $"{e.GetType().Name}: {e.Message}");
        }
        finally
        {
            if (sabotaged)
            {
                world.Sabotage.AfterCheck(world);
            }
        }
    }
}
