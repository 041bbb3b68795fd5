using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Kit;
using Makapix.Provisioning.Broker.Web;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>A kit's brokers and the front before them, run for real on loopback by the kit's own files: for development, and to try it out. Gone whole when it is disposed of.</summary>
public sealed class KitRun : IAsyncDisposable
{
    private readonly KitRunOptions _options;
    private readonly List<KeptBroker> _brokers = [];
    private FrontProcess? _front;
    private WebEntry? _web;

    private KitRun(KitRunOptions options) => _options = options;

    /// <summary>Where all of it listens.</summary>
    public KitPorts Ports => _options.Ports;

    /// <summary>Where players come in: TLS through the front to a broker.</summary>
    public IPEndPoint Front => new(IPAddress.Loopback, Ports.Front);

    /// <summary>Where the brokers listen, behind the front.</summary>
    public ImmutableArray<IPEndPoint> Brokers => [.. Ports.Brokers.Select(port => new IPEndPoint(IPAddress.Loopback, port))];

    /// <summary>The front's figures, as Prometheus reads them.</summary>
    public Uri Metrics => new($"http://127.0.0.1:{Ports.Metrics}/metrics");

    /// <summary>Process ids of the brokers, as they are now: one that has ended is started again as another.</summary>
    public ImmutableArray<int> BrokerProcessIds => [.. BrokerMarks.Select(broker => broker.Id)];

    /// <summary>The front's master, which does next to nothing.</summary>
    public int FrontProcessId => _front!.ProcessId;

    /// <summary>Its workers: one, and those before a reload whose sessions have not ended.</summary>
    public ImmutableArray<int> FrontWorkerIds => ProcessTable.Children(FrontProcessId);

    /// <summary>The last lines that front and brokers logged.</summary>
    public ImmutableArray<string> Log => [.. _brokers.SelectMany(broker => broker.Log), .. _front?.Log ?? []];

    /// <summary>How often a broker was started again: it ended by itself, or its memory passed its bound.</summary>
    public int Restarts => _brokers.Sum(broker => broker.Restarts);

    /// <summary>Whether the front has ended by itself, or a broker cannot be started again.</summary>
    public bool HasFailed => _front!.HasExited || _brokers.Any(broker => broker.HasFailed);

    /// <summary>Told when a broker runs again, as another process.</summary>
    internal Action? Restarted { get; set; }

    internal ImmutableArray<ProcessMark> BrokerMarks => [.. _brokers.Select(broker => broker.Mark)];

    /// <summary>Starts the brokers, then the front, and returns once all of them run.</summary>
    /// <param name="description">The kit's.</param>
    /// <param name="options">Where.</param>
    /// <param name="now">The time, UTC: the credentials must be good.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="BrokerException">023 to 026: the credentials. 002 to 004, 030, 032: mosquitto or HAProxy. 027, 031: the home. 033: not on this system.</exception>
    public static async Task<KitRun> StartAsync(KitDescription description, KitRunOptions options, DateTimeOffset now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(options);
        if (!OperatingSystem.IsLinux())
        {
            throw new BrokerException("033", "a kit runs on Linux alone.", "Run it there, in a virtual machine or in WSL.");
        }

        KitCredentials.Check(description, now);
        await KnownVersion.Mosquitto.RequireAsync(cancel);
        await KnownVersion.HaProxy.RequireAsync(cancel);
        var run = new KitRun(options with { Home = Path.GetFullPath(options.Home) });
        var loopback = LoopbackKit.Of(description, run._options.Home, options.Ports);
        RequireNewHome(loopback.Home);
        DurableFile.CreatePrivateFolder(loopback.Home);
        try
        {
            await run.LaunchAsync(loopback, cancel);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Goes by new lists, roles and limits without ending a session. A session that is open stays open: who was revoked is refused at the next handshake.</summary>
    /// <remarks>mosquitto takes limits of a listener at a start alone.</remarks>
    /// <param name="description">The kit's, as it is now, with as many brokers.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="BrokerException">023 to 026: the credentials. 039, 040, 048, 049, 053: there are other brokers than run, or HAProxy does not take the new file and goes on by the old one.</exception>
    public Task ReloadAsync(KitDescription description, DateTimeOffset now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(description);
        return KitReload.ApplyAsync(description, _options, ProcessMark.Of("front", FrontProcessId), () => BrokerMarks, now, cancel);
    }

    /// <summary>Waits until the front ends by itself, or a broker cannot be started again.</summary>
    /// <exception cref="BrokerException">005: the front has. 003, 004, 030: what a broker said.</exception>
    public async Task WatchAsync(CancellationToken cancel)
    {
        using var first = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task[] watches = [_front!.WatchAsync(first.Token), .. _brokers.Select(broker => broker.WatchAsync(first.Token))];
        try
        {
            await await Task.WhenAny(watches);
        }
        finally
        {
            await first.CancelAsync();
        }
    }

    /// <summary>Ends all of it at once, as a crash of the machine would, and removes the home.</summary>
    public async Task KillAsync(CancellationToken cancel)
    {
        if (_front is not null)
        {
            await _front.KillAsync(cancel);
        }

        foreach (var broker in _brokers)
        {
            await broker.KillAsync(cancel);
        }

        await DisposeAsync();
    }

    /// <summary>Ends front and brokers, and removes the home.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_front is { } front)
        {
            _front = null;
            await front.EndAsync();
            await front.DisposeAsync();
        }

        if (_web is { } web)
        {
            _web = null;
            await web.DisposeAsync();
        }

        foreach (var broker in _brokers)
        {
            await broker.EndAsync();
            await broker.DisposeAsync();
        }

        _brokers.Clear();

        if (Directory.Exists(_options.Home))
        {
            Directory.Delete(_options.Home, recursive: true);
        }
    }

    /// <exception cref="BrokerException">034: something is there.</exception>
    internal static void RequireNewHome(string home)
    {
        if (File.Exists(home) || (Directory.Exists(home) && Directory.EnumerateFileSystemEntries(home).Any()))
        {
            throw new BrokerException("034", $"'{home}' is not an empty folder.", "Name a new folder: it goes when the run ends.");
        }
    }

    private async Task LaunchAsync(KitDescription loopback, CancellationToken cancel)
    {
        LoopbackKit.Write(loopback, _options.ChangeAccess);
        var bound = (long)new KitLimits(loopback).MemoryMegabytes.Value << 20;
        foreach (var broker in loopback.Brokers)
        {
            var configuration = Path.Combine(loopback.Home, LoopbackKit.Configuration(broker));
            _brokers.Add(await KeptBroker.StartAsync(broker, configuration, bound, Heard($"broker {broker.Name}"), () => Restarted?.Invoke(), cancel));
        }

        if (loopback.Web is not null)
        {
            _web = KitEntry.Start(loopback, TimeProvider.System);
        }

        _front = await FrontProcess.StartAsync(Path.Combine(loopback.Home, LoopbackKit.Front), Front, Heard("front"), cancel);
    }

    private Action<string>? Heard(string who) => _options.Heard is { } heard ? line => heard(who, line) : null;
}
