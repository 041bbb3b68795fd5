using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Kit;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>A run in a folder, where other processes find it. What a run that died left there is ended first.</summary>
public sealed class KitUp : IAsyncDisposable
{
    private const string HomeName = "home";

    private readonly string _directory;
    private readonly Func<KitRunRecord> _record;
    private readonly Lock _writing = new();

    private KitUp(string directory, KitRun run, Func<KitRunRecord> record) => (_directory, Run, _record) = (directory, run, record);

    /// <summary>What runs.</summary>
    public KitRun Run { get; }

    /// <summary>Starts it.</summary>
    /// <param name="config">The description.</param>
    /// <param name="directory">The folder; gone at the end, if it holds nothing else.</param>
    /// <param name="freePorts">Whether to listen on ports that are free, and not on those of the description.</param>
    /// <param name="heard">Told of every line that front and brokers log.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="BrokerException">035: a kit runs there. And those of <see cref="KitDescriptionFile.Read"/> and <see cref="KitRun.StartAsync"/>.</exception>
    public static async Task<KitUp> StartAsync(string config, string directory, bool freePorts, Action<string, string>? heard, DateTimeOffset now, CancellationToken cancel)
    {
        var description = KitDescriptionFile.Read(config);
        var folder = Path.GetFullPath(Path.TrimEndingDirectorySeparator(directory));
        await EndLeftoversAsync(folder, cancel);
        var ports = freePorts ? KitPorts.Free(description.Brokers.Length, description.Web is not null) : KitPorts.Of(description);
        var home = HomeOf(folder);
        KitRun.RequireNewHome(home);
        Directory.CreateDirectory(folder);

        // Before anything starts: who is killed in between leaves processes that the next one knows how to find.
        KitRunRecord.Of(config, now, ports, null).Write(folder);
        KitRun? run = null;
        try
        {
            run = await KitRun.StartAsync(description, new KitRunOptions(home, ports) { Heard = heard }, now, cancel);
            var up = new KitUp(folder, run, () => KitRunRecord.Of(config, now, ports, run));
            run.Restarted = up.WriteRecord;
            up.WriteRecord();
            return up;
        }
        catch
        {
            await (run?.DisposeAsync() ?? ValueTask.CompletedTask);
            Forget(folder);
            throw;
        }
    }

    /// <summary>Ends it, and removes what it made.</summary>
    public async ValueTask DisposeAsync()
    {
        Run.Restarted = null;
        await Run.DisposeAsync();
        Forget(_directory);
    }

    internal static string HomeOf(string directory) => Path.Combine(Path.GetFullPath(Path.TrimEndingDirectorySeparator(directory)), HomeName);

    // Also when a broker was started again: the record names who runs now, and the last to write it has looked last.
    private void WriteRecord()
    {
        lock (_writing)
        {
            _record().Write(_directory);
        }
    }

    private static async Task EndLeftoversAsync(string folder, CancellationToken cancel)
    {
        if (KitRunRecord.Read(folder) is not { } record)
        {
            return;
        }

        if (record.IsAlive())
        {
            throw new BrokerException("035", $"a kit runs in '{folder}' already: process {record.Runner.Id} started it.", "End that with Ctrl-C, or name another folder.");
        }

        // Those who were written down, and those who started and were not: they are told by the files that they were started with.
        var unwritten = ((string[])["haproxy", "mosquitto"]).SelectMany(program => ProcessTable.StartedWith(program, HomeOf(folder) + Path.DirectorySeparatorChar));
        foreach (var left in record.Remains().Concat(unwritten))
        {
            await left.EndAsync(cancel);
        }

        if (Directory.Exists(HomeOf(folder)))
        {
            Directory.Delete(HomeOf(folder), recursive: true);
        }

        File.Delete(Path.Combine(folder, KitRunRecord.FileName));
        DurableFile.FlushFolder(folder);
    }

    private static void Forget(string folder)
    {
        File.Delete(Path.Combine(folder, KitRunRecord.FileName));
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }
}
