using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Ledger;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>A list is what .NET's own builder makes of the same, byte for byte: RSA signs the same bytes in one way only.</summary>
[TestClass]
public sealed class RevocationListWriterTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private static readonly (string What, LedgerCertificate[] Revoked, int Number, DateTimeOffset End)[] Lists =
    [
        ("nothing is revoked", [], 1, Now.AddDays(30)),
        ("every reason", [.. Enum.GetValues<X509RevocationReason>().Where(IsForAnEntry).Select((reason, i) => Revoked($"4{i:X31}", reason, Now))], 200, Now.AddDays(30)),
        ("no reason", [Revoked("4A01", null, Now)], 0x8000, Now.AddDays(30)),
        ("times with fractions, and on the last day that UTCTime can tell", [Revoked("4A01", null, Now.AddMilliseconds(999)), Revoked("4A02", null, new(2049, 12, 31, 23, 59, 59, TimeSpan.Zero))], 7, Now.AddDays(30)),
        ("times that UTCTime cannot tell", [Revoked("4A01", X509RevocationReason.Superseded, new(2050, 1, 1, 0, 0, 0, TimeSpan.Zero))], int.MaxValue, new(2051, 2, 3, 4, 5, 6, TimeSpan.Zero)),
        ("a thousand", [.. Enumerable.Range(0, 1000).Select(i => Revoked($"4A{i:X30}", X509RevocationReason.KeyCompromise, Now))], 3, Now.AddDays(30)),
    ];

    public static IEnumerable<object[]> Names => Lists.Select(list => new object[] { list.What });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void A_list_is_what_the_builder_of_the_platform_makes(string what)
    {
        var (_, revoked, number, end) = Lists.Single(list => list.What == what);
        using var key = SigningKey.Create(KeyKind.Rsa3072);
        using var certificate = Ca(key);
        using var signer = new CertificateSigner("ca", certificate, key);
        var builder = new CertificateRevocationListBuilder();
        foreach (var entry in revoked)
        {
            builder.AddEntry(Convert.FromHexString(entry.Serial), entry.RevokedAt, entry.Reason is X509RevocationReason.Unspecified ? null : entry.Reason);
        }

        var expected = builder.Build(
            certificate.SubjectName, key.Generator, number, end, HashAlgorithmName.SHA256, X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(signer.SubjectKeyId), Now);
        Assert.AreSequenceEqual(expected, RevocationListWriter.Write(signer, revoked, number, Now, end), what);
    }

    private static X509Certificate2 Ca(SigningKey key)
    {
        var request = new CertificateRequest(new X500DistinguishedName("CN=Test CA, O=Makapix"), key.PublicKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(key.PublicKey, critical: false));
        return request.Create(request.SubjectName, key.Generator, Now, Now.AddYears(30), [0x41]);
    }

    private static LedgerCertificate Revoked(string serial, X509RevocationReason? reason, DateTimeOffset at) =>
        new(serial, CertificateKind.Device, "name", "4A", Now, Now.AddYears(10), "", Now) { RevokedAt = at, Reason = reason };

    // Those that the builder takes: the others are of lists that add to another one, and of attribute certificates.
    private static bool IsForAnEntry(X509RevocationReason reason) => reason is not (X509RevocationReason.RemoveFromCrl or X509RevocationReason.AACompromise);
}
