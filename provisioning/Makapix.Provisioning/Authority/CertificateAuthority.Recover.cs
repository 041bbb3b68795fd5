using System;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Storage;

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

    /// <summary>Ends a credential that came to nothing: its certificate, if it was issued, is revoked, since nobody has its files.</summary>
    internal void Abandon(PendingCredential pending)
    {
        try
        {
            using var record = Ledger.Begin();
            if (record.FindCertificate(pending.Serial) is { RevokedAt: null })
            {
                record.Append(new CertificateRevoked(pending.Serial, X509RevocationReason.CessationOfOperation));
            }

            record.Commit();
            pending.Done();
        }
        catch (Exception e) when (e is MakapixException or IOException or UnauthorizedAccessException)
        {
            // The note stays, and whoever opens the authority next makes up for it.
        }
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
        if (CaGeneration.In(_paths.Folder, ".new").Length == 0 && !File.Exists(_paths.RootWork) && !PendingCredential.Any(_paths.Pending))
        {
            return;
        }

        using var record = Ledger.Begin();
        FinishGenerations(record);
        FinishRootWork(record);
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

    // Under the ledger's lock: whoever does root work holds it until the ledger has it, so what is found here counts for good, or never will.
    private void FinishRootWork(LedgerView record)
    {
        if (!File.Exists(_paths.RootWork))
        {
            return;
        }

        var work = RootWork.Read(_paths.RootWork, _root);
        var counts = work.Number <= record.CrlNumber(_root.SerialNumber);
        if (counts)
        {
            Place(work);
        }

        Recovered =
        [
            .. Recovered,
            counts
                ? $"{work.Record.Ceremony} of {work.Record.At:u} was interrupted when it was done, and before its record was written: it is written now. Publish the revocation lists ('makapix ca crl')."
                : $"{work.Record.Ceremony} of {work.Record.At:u} was interrupted before it counted: nothing was done. Run that command again.",
        ];
        Step("root-work.done");
        File.Delete(_paths.RootWork);
    }

    private void Place(RootWork work)
    {
        if (!work.IsPublished(_paths, _root))
        {
            Step(_paths.RootCrl);
            DurableFile.Replace(_paths.RootCrl, Encoding.ASCII.GetBytes(work.Crl), DurableFile.Public);
        }

        if (!work.IsRecorded(_paths))
        {
            Step("ceremony");
            DurableFile.Create(_paths.NextCeremony(), Encoding.ASCII.GetBytes(work.Ceremony), DurableFile.Public);
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
