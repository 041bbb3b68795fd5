using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using Makapix.Provisioning.Authority.Issuing;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Authority.Profiles;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Secrets;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority.Ceremonies;

/// <summary>Makes a new authority in two folders that do not have their names yet.</summary>
internal sealed class AuthorityBuilder(CeremonyPlan plan, AuthorityPaths daily, AuthorityPaths root, KeyRing dailyKeys, KeyRing rootKeys, AuthorityOptions options, CancellationToken cancel)
{
    private readonly CertificateProfiles _profiles = CertificateProfiles.BuiltIn;
    private readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(options.Clock.GetUtcNow().ToUnixTimeSeconds());

    /// <param name="beforeCommit">Called when all is made but the last step, the commit of the ledger; is told whether the ledger is on a server.</param>
    public void Build(Action<bool> beforeCommit)
    {
        using var ledger = AuthorityLedger.Create(daily.Folder, plan.Ledger, options);
        using var record = ledger.Begin();
        if (record.Head is not null)
        {
            // Two found it without an entry.
            throw LedgerFailure.Exists(LedgerLocation.OfFolder(daily.Folder).Place);
        }

        using var rootSigner = Establish(record, CertificateKind.Root, Names(CertificateKind.Root), null, rootKeys, Path.Combine(root.Folder, AuthorityPaths.RootName), plan.Root);
        using var devices = Establish(record, CertificateKind.DevicesIssuing, Names(CertificateKind.DevicesIssuing), rootSigner, dailyKeys, daily.Of(new CaGeneration(CertificateKind.DevicesIssuing, 1)), plan.DevicesIssuing);
        using var services = Establish(record, CertificateKind.ServicesIssuing, Names(CertificateKind.ServicesIssuing), rootSigner, dailyKeys, daily.Of(new CaGeneration(CertificateKind.ServicesIssuing, 1)), plan.ServicesIssuing);
        using var audit = Establish(record, CertificateKind.AuditSigner, new CertificateNames(CertificateAuthority.AuditName), services, dailyKeys, daily.Of(new CaGeneration(CertificateKind.AuditSigner, 1)), new KeySource(KeyKind.EcP256));
        SaveDeviceSecret();
        record.Append(new CrlNumbered(rootSigner.Certificate.SerialNumber, 1));
        Write(daily.RootCertificate, rootSigner.Certificate.ExportCertificatePem() + "\n");
        Write(daily.RootCrl, RevocationList.Create(rootSigner, [], 1, _now, CertificateAuthority.RootCrlLifetime));

        var made = new[] { rootSigner, devices, services, audit }.Select(ca => RecordedCertificate.Of(ca.Certificate));
        var signed = new CeremonyRecord { Ceremony = "init", At = _now, By = $"{Environment.UserName}@{Environment.MachineName}", Witnesses = plan.Witnesses, PlanSha256 = plan.Hash(), Made = [.. made] }.Sign(rootSigner);
        Write(daily.NextCeremony(), signed);
        Write(root.NextCeremony(), signed);
        beforeCommit(LedgerLocation.OfFolder(daily.Folder).IsShared);
        record.Commit();
    }

    private CertificateNames Names(CertificateKind kind) => CaName.Of(plan.Organization, kind, 1);

    private CertificateSigner Establish(LedgerTransaction record, CertificateKind kind, CertificateNames names, CertificateSigner? issuer, KeyRing keys, string name, KeySource source)
    {
        cancel.ThrowIfCancellationRequested();
        options.BeforeWrite?.Invoke(Path.GetFileName(name));
        var key = keys.Establish(name, source);
        try
        {
            var request = new IssueRequest(kind, names, key.PublicKey);
            var certificate = IssuePipeline.Run(request, new IssueContext(_profiles, record, issuer?.Key ?? key, issuer?.Certificate, _now, options.SerialSource));
            Write(name + ".crt", certificate.ExportCertificatePem() + "\n");
            return new CertificateSigner(Path.GetFileName(name), certificate, key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private void SaveDeviceSecret()
    {
        var secret = SecretBytes.Allocate(DeviceSecret.Length);
        RandomNumberGenerator.Fill(secret);
        options.BeforeWrite?.Invoke("device-secret");
        dailyKeys.Files.SaveSecret(daily.DeviceSecret, secret);
        CryptographicOperations.ZeroMemory(secret);
    }

    private static void Write(string path, string text) => DurableFile.Create(path, Encoding.ASCII.GetBytes(text), DurableFile.Public);
}
