using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Text.Json;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>What a run leaves in its folder for as long as it lasts, so that <c>broker reload</c> and <c>broker status</c> find it: no secret.</summary>
/// <param name="Config">Full path of the description that it was started with.</param>
/// <param name="Boot">Which start of the machine it was: process ids and ticks hold for one alone.</param>
/// <param name="Since">When it started, UTC.</param>
/// <param name="Ports">Where it listens.</param>
/// <param name="Runner">Who started the others, and ends them.</param>
/// <param name="Front">The front's master; null while it starts.</param>
/// <param name="Brokers">In the description's order, as they are now: none while it starts.</param>
public sealed record KitRunRecord(string Config, string Boot, DateTimeOffset Since, KitPorts Ports, ProcessMark Runner, ProcessMark? Front, ImmutableArray<ProcessMark> Brokers)
{
    internal const string FileName = "run.json";

    private const int MaxBytes = 64 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Whether who started it is still there: it ends with the front, and starts a broker again that ends.</summary>
    public bool IsAlive() => Boot == ThisBoot && Runner.IsAlive;

    /// <summary>What lives of it after who started it died, and was written down; the front first, so that nobody is let in to a broker that ends.</summary>
    internal IEnumerable<ProcessMark> Remains() => Boot == ThisBoot ? [.. Front is null ? (ProcessMark[])[] : [Front], .. Brokers] : [];

    /// <summary>The record of the kit that runs in a folder.</summary>
    /// <exception cref="BrokerException">036: none runs there. 054: it is still starting. 037: one did, and died without taking its record along.</exception>
    public static KitRunRecord ReadLive(string directory)
    {
        var record = Read(directory) ?? throw new BrokerException("036", $"no kit runs in '{directory}'.", "Start one: makapix broker up --config FILE --dir DIR.");
        if (!record.IsAlive())
        {
            throw new BrokerException("037", $"the kit that ran in '{directory}' since {record.Since:u} is gone: process {record.Runner.Id}, which started it, died without ending it.", "Start it again by broker up with the same --dir: what is left of it is ended first.");
        }

        return record.Front is not null ? record : throw new BrokerException("054", $"the kit in '{directory}' is still starting.", "Wait for broker up to say 'ready', then run the command again.");
    }

    /// <returns>Null if there is none.</returns>
    /// <exception cref="BrokerException">038: it is none.</exception>
    internal static KitRunRecord? Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<KitRunRecord>(BoundedFile.Read(path, MaxBytes) ?? [], Options) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new BrokerException("038", $"{FileName} in '{directory}' is no record of a run.", "Name the folder that broker up was given, or remove it.", e);
        }
    }

    /// <param name="config">The description.</param>
    /// <param name="since">The time, UTC.</param>
    /// <param name="ports">Where it listens.</param>
    /// <param name="run">Null while it starts.</param>
    internal static KitRunRecord Of(string config, DateTimeOffset since, KitPorts ports, KitRun? run) => new(
        Path.GetFullPath(config),
        ThisBoot,
        since,
        ports,
        ProcessMark.Of("makapix", Environment.ProcessId),
        run is null ? null : ProcessMark.Of("front", run.FrontProcessId),
        run?.BrokerMarks ?? []);

    internal void Write(string directory) => DurableFile.Replace(Path.Combine(directory, FileName), JsonSerializer.SerializeToUtf8Bytes(this, Options), DurableFile.Private);

    private static string ThisBoot => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
