using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Issuing;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Authority.Profiles;
using Makapix.Provisioning.Ledger;

namespace Makapix.Benchmarks;

/// <summary>An authority's pipeline without the rest of it: its commits are not in the time.</summary>
internal sealed class LeafIssuer : IDisposable
{
    private readonly CertificateProfiles _profiles = CertificateProfiles.BuiltIn;
    private readonly RandomNumberGenerator _serials = RandomNumberGenerator.Create();
    private readonly DeviceLedger _ledger;
    private readonly SigningKey _rootKey;
    private readonly SigningKey _issuingKey;
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _issuing;

    public LeafIssuer(string ledger)
    {
        _ledger = DeviceLedger.Create(LedgerLocation.Sqlite(ledger));
        using var record = _ledger.Begin();
        _rootKey = SigningKey.Create(_profiles[CertificateKind.Root].Keys[0]);
        _issuingKey = SigningKey.Create(_profiles[CertificateKind.DevicesIssuing].Keys[0]);
        _root = IssuePipeline.Run(Request(CertificateKind.Root, "Bench Root CA G1", _rootKey), Context(record, _rootKey, null));
        _issuing = IssuePipeline.Run(Request(CertificateKind.DevicesIssuing, "Bench Devices CA G1", _issuingKey), Context(record, _rootKey, _root));
        record.Commit();
    }

    /// <summary>Makes so many leaves in one transaction, whose beginning and end are not timed.</summary>
    public void Issue(int count, Samples samples)
    {
        using var record = _ledger.Begin();
        samples.Time(() => Issue(record, count), count);
        record.Commit();
    }

    public void Dispose()
    {
        _issuing.Dispose();
        _root.Dispose();
        _issuingKey.Dispose();
        _rootKey.Dispose();
        _serials.Dispose();
        _ledger.Dispose();
    }

    private static IssueRequest Request(CertificateKind kind, string name, SigningKey key) => new(kind, new CertificateNames(name) { Organization = "Bench" }, key.PublicKey);

    private void Issue(LedgerTransaction record, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var key = SigningKey.Create(_profiles[CertificateKind.Device].Keys[0]);
            var request = new IssueRequest(CertificateKind.Device, CertificateNames.Device(Guid.NewGuid()), key.PublicKey);
            IssuePipeline.Run(request, Context(record, _issuingKey, _issuing)).Dispose();
        }
    }

    private IssueContext Context(LedgerTransaction record, SigningKey signer, X509Certificate2? issuer) =>
        new(_profiles, record, signer, issuer, DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()), _serials);
}
