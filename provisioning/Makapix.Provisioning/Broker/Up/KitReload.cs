using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Kit;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>Makes a kit that runs go by its description and its lists as they are now, without ending a session.</summary>
public static class KitReload
{
    private const string LockName = "reload.lock";

    private static readonly TimeSpan BrokerLimit = TimeSpan.FromSeconds(10);

    // More than one reload takes by its own limits.
    private static readonly TimeSpan AloneLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>The same from another process: of the kit that runs in a folder.</summary>
    /// <param name="directory">What broker up was given.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="BrokerException">036 to 038: none runs there. 020 to 026: the description or the credentials. 039, 040, 048, 049, 053: see <see cref="ApplyAsync"/>.</exception>
    public static async Task RunAsync(string directory, DateTimeOffset now, CancellationToken cancel)
    {
        var record = KitRunRecord.ReadLive(directory);
        await ApplyAsync(KitDescriptionFile.Read(record.Config), new KitRunOptions(KitUp.HomeOf(directory), record.Ports), record.Front!, () => KitRunRecord.ReadLive(directory).Brokers, now, cancel);
    }

    /// <exception cref="BrokerException">023 to 026: the credentials. 039: there are other brokers than run. 048: the front does not take its new file. 049: another reload has not ended. 040, 053: the front does not go by its new file, or is gone.</exception>
    internal static async Task ApplyAsync(KitDescription description, KitRunOptions options, ProcessMark front, Func<ImmutableArray<ProcessMark>> brokers, DateTimeOffset now, CancellationToken cancel)
    {
        if (brokers().Length is var running && description.Brokers.Length != running)
        {
            throw new BrokerException("039", $"the description has {description.Brokers.Length} brokers, and {running} run.", "End the run and start it again.");
        }

        KitCredentials.Check(description, now);
        using var alone = await AloneAsync(options.Home, cancel);
        var loopback = LoopbackKit.Of(description, options.Home, options.Ports);
        await JudgeAsync(loopback, cancel);
        LoopbackKit.Write(loopback, options.ChangeAccess);
        foreach (var broker in await AllAliveAsync(brokers, cancel))
        {
            await ProcessSignal.SendAsync(broker.Id, "HUP", cancel);
        }

        await FrontProcess.ReloadAsync(front, cancel);
    }

    // A timer's reload and an operator's at once would each take the other's worker for their own. The lock ends with its process.
    private static async Task<FileStream> AloneAsync(string home, CancellationToken cancel)
    {
        for (var begun = Stopwatch.StartNew(); ; await Task.Delay(Look, cancel))
        {
            try
            {
                return new FileStream(Path.Combine(home, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException e) when (File.Exists(Path.Combine(home, LockName)))
            {
                if (begun.Elapsed > AloneLimit)
                {
                    throw new BrokerException("049", $"another reload of this kit has not ended after {AloneLimit.TotalSeconds:0} s.", "Wait for it or end it, then reload again.", e);
                }
            }
        }
    }

    // Before anything is written: brokers that go by the new lists behind a front that goes by the old limits are nobody's description.
    private static async Task JudgeAsync(KitDescription loopback, CancellationToken cancel)
    {
        var candidate = Path.Combine(loopback.Home, LoopbackKit.Front + ".next");
        try
        {
            LoopbackKit.WriteFront(loopback, candidate);
            await FrontProcess.JudgeAsync(candidate, cancel);
        }
        finally
        {
            File.Delete(candidate);
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
