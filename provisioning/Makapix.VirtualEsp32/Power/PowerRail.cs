using System;
using System.Threading;

namespace Makapix.VirtualEsp32.Power;

/// <summary>The one supply that flash and eFuses of a chip share: once it is gone, nothing on the chip works any more.</summary>
internal sealed class PowerRail(IPowerSupply supply)
{
    private readonly Lock _gate = new();
    private bool _lost;

    /// <summary>Starts an operation: <see langword="null"/> if it will be done whole, else what decides how far it gets.</summary>
    /// <exception cref="PowerLostException">Power is gone since an earlier operation; nothing of this one is done.</exception>
    public Random? Begin(PowerOperation operation)
    {
        lock (_gate)
        {
            if (_lost)
            {
                throw new PowerLostException(operation);
            }

            var cut = supply.FailsDuring(operation);
            _lost = cut is not null;
            return cut;
        }
    }
}
