using System;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Provisioning.Authority.Issuing;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority;

/// <summary>Certificate revocation lists (RFC 5280, 5).</summary>
public sealed partial class CertificateAuthority
{
    /// <summary>How long a CRL is good for. A broker that holds an older one refuses everybody: publish daily.</summary>
    public static readonly TimeSpan CrlLifetime = TimeSpan.FromDays(30);

    private static ReadOnlySpan<byte> CrlLabel => "-----BEGIN X509 CRL-----"u8;

    /// <summary>One new CRL for each CA (root, devices, services), signed now, as one PEM text: mosquitto reads one file.</summary>
    /// <exception cref="AuthorityException">MKX-CA-005, 007: a CA key cannot be used. 020, 022: the index cannot be used.</exception>
    public string Crls()
    {
        var signers = Authorities.Select(kind => (Kind: kind, Signer: _signers[kind].Value)).ToList();
        using var index = _index.Begin();
        var now = Now();
        var number = index.CrlNumber + 1;
        index.Append(new IndexEvent.CrlNumbered(now, number));
        return string.Concat(signers.Select(ca => Crl(index, ca.Kind, ca.Signer, number, now)));
    }

    /// <summary>Writes <see cref="Crls"/> to a file, in one stroke: a broker that reloads at this moment sees the old file or the new one.</summary>
    /// <exception cref="AuthorityException">MKX-CA-042: something else than a revocation list is there. Else as <see cref="Crls"/>.</exception>
    public void PublishCrls(string path)
    {
        // A path mistyped into the authority's own folder would be the end of a CA key.
        if (Directory.Exists(path) || (File.Exists(path) && !IsRevocationList(path)))
        {
            throw new AuthorityException("042", $"{path} is there, and no revocation list.", "Name the broker's CRL file, or a file that is not there yet.");
        }

        DurableFile.Replace(path, Encoding.ASCII.GetBytes(Crls()), DurableFile.Public);
    }

    private static bool IsRevocationList(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[CrlLabel.Length];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(CrlLabel);
    }

    private static string Crl(IndexTransaction index, CertificateKind issuer, CertificateSigner signer, long number, DateTimeOffset now)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var certificate in index.Certificates.Where(c => c.Issuer == issuer && c.RevokedAt is not null && c.NotAfter + CrlLifetime > now))
        {
            // An unspecified reason is left out, as RFC 5280, 5.3.1 wants it.
            var reason = certificate.Reason is X509RevocationReason.Unspecified ? null : certificate.Reason;
            builder.AddEntry(Convert.FromHexString(certificate.Serial), certificate.RevokedAt, reason);
        }

        var crl = builder.Build(
            signer.Certificate.SubjectName,
            signer.Key.Generator,
            new BigInteger(number),
            now + CrlLifetime,
            signer.Key.Kind.Hash(),
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(signer.SubjectKeyId),
            now - ValidityModifier.Backdating);
        return PemEncoding.WriteString("X509 CRL", crl) + "\n";
    }
}
