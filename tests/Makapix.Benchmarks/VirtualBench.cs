using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.VirtualEsp32;

namespace Makapix.Benchmarks;

/// <summary>Fresh virtual chips, each on a port of its own that is paced as a UART.</summary>
internal sealed class VirtualBench : IAsyncDisposable
{
    private readonly List<(VirtualChip Chip, LoaderServer Server)> _chips = [];

    public VirtualBench(string folder, int chips, int baud)
    {
        for (var i = 0; i < chips; i++)
        {
            var chip = VirtualChip.Open(Path.Combine(folder, $"chip-{i}"));
            _chips.Add((chip, LoaderServer.Start(chip, new LoaderServerOptions { Baud = baud })));
        }
    }

    public IEnumerable<string> Ports => _chips.Select(one => one.Server.Port);

    /// <summary>How long bytes were on the lines, added up.</summary>
    public double LineSeconds => _chips.Sum(one => one.Server.LineTime.TotalSeconds);

    public async ValueTask DisposeAsync()
    {
        foreach (var (chip, server) in _chips)
        {
            await server.DisposeAsync();
            chip.Dispose();
        }
    }
}
