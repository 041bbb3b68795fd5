using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Makapix.Provisioning.Line.Lanes;

namespace Makapix.Provisioning.Tests.Line.Lanes;

/// <summary>Ports into which a test plugs boards.</summary>
internal sealed class ScriptedWatch : IPortWatch
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, string> _there = [];

    /// <summary>What looking fails with; null: it does not.</summary>
    public Exception? Fails { get; set; }

    public IReadOnlyList<string> Expected { get; init; } = [];

    public void Plug(string port, string mark = "")
    {
        lock (_gate)
        {
            _there[port] = mark;
        }
    }

    public void Unplug(string port)
    {
        lock (_gate)
        {
            _there.Remove(port);
        }
    }

    public IReadOnlyList<SeenPort> Look()
    {
        lock (_gate)
        {
            return Fails is null ? [.. _there.Select(port => new SeenPort(port.Key, port.Value))] : throw Fails;
        }
    }
}
