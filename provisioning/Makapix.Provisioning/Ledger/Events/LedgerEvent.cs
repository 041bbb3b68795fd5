namespace Makapix.Provisioning.Ledger.Events;

/// <summary>Something that happened, and is never unwritten. It holds no secret: the ledger is read by more people than any key.</summary>
public abstract record LedgerEvent
{
    /// <summary>What it happened to, as the entry's subject says.</summary>
    internal abstract string Subject { get; }
}
