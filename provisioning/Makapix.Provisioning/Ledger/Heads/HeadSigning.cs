using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Ledger.Heads;

/// <summary>Signs the newest entry of a ledger, and writes down that it was signed.</summary>
public static class HeadSigning
{
    /// <summary>Signs the head. The entry about it comes after what was signed: the next head covers it.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="signer">The audit leaf.</param>
    /// <returns>PEM.</returns>
    /// <exception cref="LedgerException">MKX-LEDGER-053: there is nothing to sign yet. Else the ledger cannot be written.</exception>
    public static string Sign(DeviceLedger ledger, IHeadSigner signer)
    {
        using var transaction = ledger.Begin();
        var head = transaction.Head ?? throw new LedgerException("053", "the ledger is empty: there is no head yet.", "Sign it when something was written down.");
        var pem = SignedHead.Sign(ledger.Id, head, signer);
        transaction.Append(new HeadSigned(head.Seq, head.Hash, signer.Certificate.SerialNumber));
        transaction.Commit();
        return pem;
    }
}
