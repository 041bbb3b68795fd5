using System;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Makapix.Provisioning.Authority;

namespace Makapix.Provisioning.Ledger.Heads;

/// <summary>
/// A head that an audit leaf has signed: CMS SignedData (RFC 5652) around a JSON object, with the leaf and its issuer in it, as PEM. Kept
/// away from the ledger, it shows whether everything up to it is still there and as it was; <c>openssl cms -verify</c> reads it too.
/// </summary>
/// <param name="LedgerId">The ledger.</param>
/// <param name="Head">Its newest entry then.</param>
/// <param name="Signer">Common name of the audit leaf.</param>
/// <param name="SignerSerial">Serial number of that leaf, upper-case hexadecimal.</param>
/// <param name="SignerSha256">SHA-256 of its DER, upper-case hexadecimal: a stolen CA can give out a serial number again.</param>
public sealed record SignedHead(Guid LedgerId, LedgerHead Head, string Signer, string SignerSerial, string SignerSha256)
{
    /// <summary>The label of the PEM block.</summary>
    public const string PemLabel = "CMS";

    /// <summary>id-kp-documentSigning (RFC 9336): no TLS peer takes such a certificate.</summary>
    public const string DocumentSigning = "1.3.6.1.5.5.7.3.36";

    /// <summary>How the common names of audit leaves begin.</summary>
    public const string SignerPrefix = "audit_";

    private const string Sha256 = "2.16.840.1.101.3.4.2.1";

    /// <summary>Signs a head.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="head">Its newest entry.</param>
    /// <param name="signer">The audit leaf.</param>
    /// <returns>PEM.</returns>
    /// <exception cref="CryptographicException">The key cannot be used.</exception>
    public static string Sign(Guid ledger, LedgerHead head, IHeadSigner signer)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(signer);
        var cms = new SignedCms(new ContentInfo(new HeadStatement(ledger, head.Seq, head.Hash, head.At).ToJson()));
        var leaf = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, signer.Certificate)
        {
            DigestAlgorithm = new Oid(Sha256),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        leaf.Certificates.Add(signer.Issuer);
        cms.ComputeSignature(leaf, silent: true);
        return PemEncoding.WriteString(PemLabel, cms.Encode()) + "\n";
    }

    /// <summary>Reads a signed head, and says who signed it.</summary>
    /// <param name="pem">The file.</param>
    /// <param name="root">The authority's root: the one thing that is trusted.</param>
    /// <exception cref="LedgerException">MKX-LEDGER-050: it is no signed head. 051: the signature is not its signer's. 052: the signer is none of this authority's audit leaves. 059: a weak digest.</exception>
    public static SignedHead Verify(string pem, X509Certificate2 root)
    {
        var cms = Decode(pem);
        var statement = Statement(cms);
        var signer = Signed(cms);
        if (cms.SignerInfos[0].DigestAlgorithm.Value != Sha256)
        {
            // Of weaker ones, two texts can be made that have the same.
            throw new LedgerException("059", "the head is signed over another digest than SHA-256.", "Name a file that 'makapix ledger head' wrote.");
        }

        if (!IsAuditLeaf(signer, cms.Certificates, root, statement.At))
        {
            throw new LedgerException("052", "the head was signed by none of this authority's audit certificates.", "Take a head of this ledger, and name the authority that it belongs to.");
        }

        return new SignedHead(statement.LedgerId, new LedgerHead(statement.Seq, statement.At, statement.Hash), CommonName(signer), signer.SerialNumber, signer.GetCertHashString(HashAlgorithmName.SHA256));
    }

    private static SignedCms Decode(string pem)
    {
        try
        {
            if (!PemEncoding.TryFind(pem, out var fields) || !pem.AsSpan()[fields.Label].SequenceEqual(PemLabel))
            {
                throw new CryptographicException();
            }

            var cms = new SignedCms();
            cms.Decode(Convert.FromBase64String(pem[fields.Base64Data]));
            return cms;
        }
        catch (CryptographicException e)
        {
            throw NoHead(e);
        }
    }

    private static HeadStatement Statement(SignedCms cms)
    {
        try
        {
            return HeadStatement.Parse(cms.ContentInfo.Content);
        }
        catch (JsonException e)
        {
            throw NoHead(e);
        }
    }

    private static X509Certificate2 Signed(SignedCms cms)
    {
        try
        {
            // One signer: who may add a second one must not choose whom we look at.
            var signer = cms.SignerInfos.Count == 1 && !cms.Detached ? cms.SignerInfos[0] : throw new CryptographicException();
            signer.CheckSignature(verifySignatureOnly: true);
            return signer.Certificate ?? throw new CryptographicException();
        }
        catch (CryptographicException e)
        {
            throw new LedgerException("051", "the head was changed after it was signed, or its signature was.", "Take a copy of the head that nobody had in hands.", e);
        }
    }

    private static bool IsAuditLeaf(X509Certificate2 signer, X509Certificate2Collection others, X509Certificate2 root, DateTimeOffset at)
    {
        try
        {
            return CommonName(signer).StartsWith(SignerPrefix, StringComparison.Ordinal)
                && signer.Extensions.OfType<X509EnhancedKeyUsageExtension>().SingleOrDefault()?.EnhancedKeyUsages is [{ Value: DocumentSigning }]
                && !signer.Extensions.OfType<X509BasicConstraintsExtension>().Any(basic => basic.CertificateAuthority)
                && IsOfServices(root, signer, others, at);
        }
        catch (Exception e) when (e is CryptographicException or InvalidOperationException)
        {
            // An extension that nobody can read, or that is there twice.
            return false;
        }
    }

    // The CA of the station that makes devices is the one that is stolen first: it must not be able to vouch for the ledger. The root itself issues no leaves.
    private static bool IsOfServices(X509Certificate2 root, X509Certificate2 signer, X509Certificate2Collection others, DateTimeOffset at)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.Add(root);
        policy.ExtraStore.AddRange(others);
        policy.ApplicationPolicy.Add(new Oid(DocumentSigning));
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;

        // A head is as good in ten years as on the day it was signed, when its signer's certificate has long ended.
        policy.VerificationTime = at.UtcDateTime;
        return chain.Build(signer) && chain.ChainElements is [_, var issuer, _] && CaName.IsServices(issuer.Certificate);
    }

    private static string CommonName(X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    private static LedgerException NoHead(Exception inner) =>
        new("050", "that file is no signed head of a ledger.", "Name a file that 'makapix ledger head' wrote.", inner);
}
