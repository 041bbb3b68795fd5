using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Kit;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>Makes a kit that runs go by its description and its lists as they are now, without ending a session.</summary>
public static class KitReload
{
    private static readonly TimeSpan FrontLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BrokerLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>The same from another process: of the kit that runs in a folder.</summary>
    /// <param name="directory">What broker up was given.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="BrokerException">036 to 038: none runs there. 020 to 026: the description or the credentials. 039, 040: see <see cref="ApplyAsync"/>.</exception>
    public static async Task RunAsync(string directory, DateTimeOffset now, CancellationToken cancel)
    {
        var record = KitRunRecord.ReadLive(directory);
        await ApplyAsync(KitDescriptionFile.Read(record.Config), new KitRunOptions(KitUp.HomeOf(directory), record.Ports), record.Front.Id, () => KitRunRecord.ReadLive(directory).Brokers, now, cancel);
    }

    /// <exception cref="BrokerException">023 to 026: the credentials. 039: there are other brokers than run. 040: the front does not take its new file.</exception>
    internal static async Task ApplyAsync(KitDescription description, KitRunOptions options, int front, Func<ImmutableArray<ProcessMark>> brokers, DateTimeOffset now, CancellationToken cancel)
    {
        if (brokers().Length is var running && description.Brokers.Length != running)
        {
            throw new BrokerException("039", $"the description has {description.Brokers.Length} brokers, and {running} run.", "End the run and start it again.");
        }

        KitCredentials.Check(description, now);
        LoopbackKit.Write(LoopbackKit.Of(description, options.Home, options.Ports), options.ChangeAccess);
        foreach (var broker in await AllAliveAsync(brokers, cancel))
        {
            await ProcessSignal.SendAsync(broker.Id, "HUP", cancel);
        }

        // The master reads the file, and only if it takes it starts a worker by it; the one before stays until its last session ends.
        var before = ProcessTable.Children(front);
        await ProcessSignal.SendAsync(front, "USR2", cancel);
        for (var begun = Stopwatch.StartNew(); !ProcessTable.Children(front).Except(before).Any(); await Task.Delay(Look, cancel))
        {
            if (begun.Elapsed > FrontLimit)
            {
                throw new BrokerException("040", $"the front has no new worker after {FrontLimit.TotalSeconds:0} s, and goes on by the file that it had.", "See what it logged where broker up runs.");
            }
        }
    }

    // One that is being started again may have read its files before they were written, and is not known yet by its new process.
    private static async Task<IEnumerable<ProcessMark>> AllAliveAsync(Func<ImmutableArray<ProcessMark>> brokers, CancellationToken cancel)
    {
        for (var begun = Stopwatch.StartNew(); ; await Task.Delay(Look, cancel))
        {
            var now = brokers();
            if (now.All(broker => broker.IsAlive) || begun.Elapsed > BrokerLimit)
            {
                return now.Where(broker => broker.IsAlive);
            }
        }
    }
}
