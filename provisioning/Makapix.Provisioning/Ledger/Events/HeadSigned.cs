namespace Makapix.Provisioning.Ledger.Events;

/// <summary>A head was signed and handed out: from then on somebody else knows how far the ledger was.</summary>
/// <param name="Seq">The entry that was its newest.</param>
/// <param name="Hash">That entry's hash.</param>
/// <param name="Signer">Serial number of the audit certificate.</param>
public sealed record HeadSigned(long Seq, string Hash, string Signer) : LedgerEvent
{
    internal override string Subject => Signer;
}
