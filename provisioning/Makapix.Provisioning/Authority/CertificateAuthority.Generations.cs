using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Provisioning.Authority.Issuing;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority;

/// <summary>
/// New generations. A marker is there for as long as one is being made: whatever dies in between, the ledger says afterwards whether the
/// generation came to be, and its files are kept or taken away accordingly.
/// </summary>
public sealed partial class CertificateAuthority
{
    // Before the ledger is closed to everybody else: to make a key of a passphrase takes a good part of a second, of a slow token more.
    private void OpenKeys(CertificateKind kind)
    {
        using var record = Ledger.Read();
        _ = _generations.Active(kind, record, Now()).Signer;
    }

    private NewKey PrepareKey(KeySource source)
    {
        _options.BeforeKey?.Invoke();
        return _keys.Prepare(source);
    }

    private X509Certificate2 AddGeneration(LedgerTransaction record, CertificateKind kind, NewKey key, CertificateNames names, CertificateSigner issuer, DateTimeOffset now)
    {
        var generation = NextGeneration(kind);
        var marker = _paths.Marker(generation);
        Step(marker);
        DurableFile.Create(marker, [], DurableFile.Private);
        Step(_paths.Of(generation));
        key.Save(_paths.Of(generation));
        var certificate = IssuePipeline.Run(new IssueRequest(kind, names, key.Key.PublicKey), new IssueContext(_profiles, record, issuer.Key, issuer.Certificate, now, _options.SerialSource));
        Step(_paths.Certificate(generation));
        DurableFile.Create(_paths.Certificate(generation), Encoding.ASCII.GetBytes(ToPem(certificate)), DurableFile.Public);
        return certificate;
    }

    private CaGeneration NextGeneration(CertificateKind kind) =>
        new(kind, CaGeneration.In(_paths.Folder, ".crt").Where(one => one.Kind == kind).Select(one => one.Number).DefaultIfEmpty(0).Max() + 1);

    // Under the ledger's lock: whoever makes a generation holds it until the ledger has it, so what is found here is nobody's.
    private void FinishGenerations(LedgerView record)
    {
        foreach (var generation in CaGeneration.In(_paths.Folder, ".new"))
        {
            if (!IsRecorded(record, generation))
            {
                File.Delete(_paths.Certificate(generation));
                File.Delete(_paths.Of(generation) + ".key");
                File.Delete(_paths.Of(generation) + ".p11");
                Recovered = [.. Recovered, $"{generation} was begun by a command that was interrupted: its files are gone, nothing was issued. Run that command again."];
            }

            File.Delete(_paths.Marker(generation));
        }
    }

    private bool IsRecorded(LedgerView record, CaGeneration generation)
    {
        if (!File.Exists(_paths.Certificate(generation)))
        {
            return false;
        }

        using var certificate = AuthorityFile.ReadCertificate(_paths.Certificate(generation));
        return record.FindCertificate(certificate.SerialNumber) is not null;
    }

    private void Step(string path) => _options.BeforeWrite?.Invoke(Path.GetFileName(path));
}
