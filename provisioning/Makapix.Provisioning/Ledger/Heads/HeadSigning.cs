using System;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Ledger.Heads;

/// <summary>Signs the newest entry of a ledger, and writes down that it was signed.</summary>
internal static class HeadSigning
{
    /// <summary>Signs the head, and sees to it that it is kept and written down, or neither. The entry about it comes after what was signed: the next head covers it.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="signer">The audit leaf.</param>
    /// <param name="keep">Puts the PEM where it is kept, before the ledger has it; what this throws undoes the entry.</param>
    /// <param name="forget">Takes it away from there, if the ledger does not take it.</param>
    /// <returns>What was signed.</returns>
    /// <exception cref="LedgerException">MKX-LEDGER-053: there is nothing to sign yet. 060: the audit leaf is revoked. Else the ledger cannot be written.</exception>
    public static LedgerHead Sign(DeviceLedger ledger, IHeadSigner signer, Action<string> keep, Action forget)
    {
        using var transaction = ledger.Begin();
        var head = transaction.Head ?? throw new LedgerException("053", "the ledger is empty: there is no head yet.", "Sign it when something was written down.");
        if (transaction.FindCertificate(signer.Certificate.SerialNumber) is { RevokedAt: not null })
        {
            throw new LedgerException("060", "the audit certificate was revoked while it was to sign.", "Run the command again: it makes a new one.");
        }

        transaction.Append(new HeadSigned(head.Seq, head.Hash, signer.Certificate.SerialNumber));
        keep(SignedHead.Sign(ledger.Id, head, signer));
        try
        {
            transaction.Commit();
        }
        catch (Exception e) when (e is not LedgerException { Code: LedgerFailure.UnknownCode })
        {
            // Where nobody knows, it stays: a head without its entry is as good as any, an entry without its head says what is not.
            forget();
            throw;
        }

        return head;
    }
}
