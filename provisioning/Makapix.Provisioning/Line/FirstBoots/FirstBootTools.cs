using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Serial;

namespace Makapix.Provisioning.Line.FirstBoots;

/// <summary>What a first boot is seen and heard with.</summary>
/// <param name="Watch">Sees it at the broker.</param>
/// <param name="OpenLine">Opens the serial line of the board.</param>
/// <param name="Silence">How long it must be silent; null: as fits the port.</param>
internal sealed record FirstBootTools(IDeviceWatch Watch, Func<ChipPort, CancellationToken, Task<ISerialLine>> OpenLine, TimeSpan? Silence)
{
    // Opening the port may have reset a board with a circuit of its own: it must have booted again before its silence means anything.
    private static readonly TimeSpan OfBoard = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OfVirtualChip = TimeSpan.FromSeconds(1);

    /// <summary>How long a board at that port must be silent.</summary>
    public TimeSpan SilenceAt(ChipPort port) => Silence ?? (port.IsVirtual ? OfVirtualChip : OfBoard);
}
