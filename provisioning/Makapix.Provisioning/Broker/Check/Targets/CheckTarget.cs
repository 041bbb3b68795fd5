using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Up;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>A broker on loopback that was started to be attacked.</summary>
internal abstract class CheckTarget : IAsyncDisposable
{
    /// <summary>Where clients come in.</summary>
    public abstract IPEndPoint EndPoint { get; }

    /// <summary>Whether all of it still runs.</summary>
    public abstract bool Runs { get; }

    /// <summary>How often its broker was started again.</summary>
    public virtual int Restarts => 0;

    /// <summary>What it said last.</summary>
    public abstract IReadOnlyCollection<string> Log { get; }

    /// <summary>What the broker takes.</summary>
    public ProcessUse Broker => Use(Brokers);

    /// <summary>What its front takes.</summary>
    public ProcessUse Front => Use(Fronts);

    /// <summary>Process ids of the broker.</summary>
    protected abstract IReadOnlyCollection<int> Brokers { get; }

    /// <summary>Process ids of its front; none if it has none.</summary>
    protected abstract IReadOnlyCollection<int> Fronts { get; }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    private static ProcessUse Use(IReadOnlyCollection<int> ids) => ids.Aggregate(default(ProcessUse), (sum, id) => sum + Use(id));

    private static ProcessUse Use(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return new ProcessUse(process.TotalProcessorTime.TotalSeconds, ProcessTable.ResidentBytes(id) ?? 0);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended, before or while it was looked at.
            return default;
        }
    }
}
