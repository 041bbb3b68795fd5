using System;

namespace Makapix.Provisioning.Ledger;

/// <summary>A lock by name that outlives transactions: held until it is disposed of, its process ends, or what it is held by is lost.</summary>
public abstract class LedgerLock : IDisposable
{
    /// <summary>
    /// Asks whether it is held still: to be called right before what cannot be undone. A server that was restarted has forgotten it, and may have
    /// given it to another station since.
    /// </summary>
    /// <exception cref="LedgerException">MKX-LEDGER-026: it is not.</exception>
    public abstract void RequireHeld();

    /// <summary>Lets go of it.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of it.</summary>
    protected abstract void Dispose(bool disposing);
}
