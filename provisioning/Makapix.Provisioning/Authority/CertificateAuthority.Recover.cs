using System;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Authority;

/// <summary>What processes that died have left.</summary>
public sealed partial class CertificateAuthority
{
    /// <summary>Notes down that a credential is being written into files, before its certificate is issued.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="LedgerException">The ledger cannot be written.</exception>
    internal PendingCredential BeginCredential(string certificatePath)
    {
        var serial = DrawSerial();
        Step("pending");

        // As a writer, like whoever looks for the notes of the dead: between its birth and its being held a note looks like one.
        using var record = Ledger.Begin();
        return PendingCredential.Begin(_paths.Pending, serial, certificatePath);
    }

    // After a failure, which is what there is to tell: if the same disk now refuses this too, whoever opens the authority next makes up for it.
    private void RecoverIfPossible()
    {
        try
        {
            Recover();
        }
        catch (Exception e) when (e is MakapixException or IOException or UnauthorizedAccessException)
        {
        }
    }

    private void Recover()
    {
        if (CaGeneration.In(_paths.Folder, ".new").Length == 0 && !PendingCredential.Any(_paths.Pending))
        {
            return;
        }

        using var record = Ledger.Begin();
        FinishGenerations(record);
        var dead = PendingCredential.TakeDead(_paths.Pending);
        foreach (var one in dead)
        {
            End(record, one);
        }

        record.Commit();
        foreach (var one in dead)
        {
            one.Done();
            one.Dispose();
        }
    }

    // Recorded, and not in its file: nobody has it, or nobody should.
    private void End(LedgerTransaction record, PendingCredential dead)
    {
        if (record.FindCertificate(dead.Serial) is { RevokedAt: null } certificate && !dead.IsWritten())
        {
            record.Append(new CertificateRevoked(dead.Serial, X509RevocationReason.CessationOfOperation));
            Recovered =
            [
                .. Recovered,
                $"{certificate.CommonName}, serial {dead.Serial}, was issued by a command that was interrupted before its files were written: it is revoked now. Delete what is left beside {dead.CertificatePath}, publish the CRL, and issue it again.",
            ];
        }
    }
}
