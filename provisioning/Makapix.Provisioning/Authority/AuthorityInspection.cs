using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Authority.Profiles;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority;

/// <summary>Looks through an authority's folder without any passphrase: is it whole, do its parts belong together, is nothing there that should not be?</summary>
public sealed class AuthorityInspection
{
    private readonly AuthorityPaths _paths;
    private readonly AuthorityOptions _options;
    private readonly CertificateProfiles _profiles = CertificateProfiles.BuiltIn;
    private readonly List<string> _findings = [];

    private AuthorityInspection(string dir, AuthorityOptions options)
    {
        _paths = new AuthorityPaths(dir);
        _options = options;
    }

    /// <summary>What is wrong: nothing, or a sentence each.</summary>
    /// <param name="dir">The authority's folder.</param>
    /// <param name="options">Clock and the like; the defaults fit production.</param>
    /// <exception cref="AuthorityException">MKX-CA-004: no authority there. 006: a file is damaged.</exception>
    public static IReadOnlyList<string> Run(string dir, AuthorityOptions? options = null)
    {
        var inspection = new AuthorityInspection(dir, options ?? new AuthorityOptions());
        inspection.Inspect();
        return inspection._findings;
    }

    private void Inspect()
    {
        using var root = AuthorityFile.ReadCertificate(_paths.RootCertificate);
        using var ledger = AuthorityLedger.Open(_paths.Folder, _options);
        using var record = ledger.Read();
        var generations = CaGeneration.In(_paths.Folder, ".crt").Select(one => (one.Name, one.Kind, Certificate: AuthorityFile.ReadCertificate(_paths.Certificate(one)))).ToList();
        InspectCertificate("root", CertificateKind.Root, root, root, record);
        foreach (var (name, kind, certificate) in generations)
        {
            var issuer = kind == CertificateKind.AuditSigner ? generations.Select(one => one.Certificate).FirstOrDefault(ca => ca.SubjectName.RawData.SequenceEqual(certificate.IssuerName.RawData)) : root;
            InspectCertificate(name, kind, certificate, issuer ?? root, record);
        }

        InspectCrl(root, record);
        InspectCeremonies(root, [root, .. generations.Where(one => one.Kind != CertificateKind.AuditSigner).Select(one => one.Certificate)]);
        InspectKeys(generations.Select(one => one.Name));
        InspectLeftovers();
        generations.ForEach(one => one.Certificate.Dispose());
    }

    private void InspectCertificate(string name, CertificateKind kind, X509Certificate2 certificate, X509Certificate2 issuer, LedgerView record)
    {
        try
        {
            InspectParts(name, kind, certificate, issuer);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            _findings.Add($"{name}.crt is damaged");
        }

        Require(record.FindCertificate(certificate.SerialNumber)?.Sha256 == certificate.GetCertHashString(HashAlgorithmName.SHA256), $"{name}.crt is not in the ledger");
    }

    private void InspectParts(string name, CertificateKind kind, X509Certificate2 certificate, X509Certificate2 issuer)
    {
        var attributes = DistinguishedName.Attributes(certificate.SubjectName) ?? [];
        string? Value(string type) => attributes.FirstOrDefault(one => one.Type == type).Value;
        var names = new CertificateNames(Value(DistinguishedName.CommonNameOid) ?? "") { Organization = Value(DistinguishedName.OrganizationOid) };
        _findings.AddRange(ProfileLinter.Check(_profiles, kind, certificate, issuer, names).Select(finding => $"{name}.crt breaks its profile: {finding}"));
    }

    private void InspectCrl(X509Certificate2 root, LedgerView record)
    {
        var crl = AuthorityFile.ReadText(_paths.RootCrl);
        if (RevocationListContent.Read(crl, root) is not { } list)
        {
            _findings.Add("root.crl is not a revocation list of this root");
            return;
        }

        Require(list.NextUpdate > _options.Clock.GetUtcNow(), $"root.crl ended {list.NextUpdate:yyyy-MM-dd}");
        Require(!record.Revoked(root.SerialNumber).Select(revoked => revoked.Serial).Except(list.Serials).Any(), "root.crl lacks a revocation: run 'makapix ca crl --root' when the root is at hand");
        var newest = record.CrlNumber(root.SerialNumber);
        Require(list.Number == newest, $"root.crl has the number {list.Number}, and the ledger's newest is {newest}: run 'makapix ca crl --root' when the root is at hand");
    }

    private void InspectCeremonies(X509Certificate2 root, IEnumerable<X509Certificate2> authorities)
    {
        var made = new HashSet<string>();
        foreach (var file in _paths.Ceremonies())
        {
            var ceremony = CeremonyRecord.Read(AuthorityFile.ReadText(file), root);
            Require(ceremony is not null, $"{Path.GetFileName(file)} is not a record that this root signed");
            made.UnionWith(ceremony?.Made.Select(one => one.Sha256) ?? []);
        }

        foreach (var certificate in authorities.Where(ca => !made.Contains(ca.GetCertHashString(HashAlgorithmName.SHA256))))
        {
            _findings.Add($"no ceremony on record made {certificate.Subject}");
        }
    }

    private void InspectKeys(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            Require(File.Exists(Path.Combine(_paths.Folder, name + ".key")) || File.Exists(Path.Combine(_paths.Folder, name + ".p11")), $"the key of {name} is missing");
        }

        Require(File.Exists(_paths.DeviceSecret + ".key"), "device-secret.key is missing");
        foreach (var token in Directory.GetFiles(_paths.Folder, "*.p11"))
        {
            TokenKeyStore.Read(token);
        }

        Require(!File.Exists(Path.Combine(_paths.Folder, AuthorityPaths.RootName + ".key")), "the root's key lies in the folder of the daily work");
        foreach (var key in Directory.GetFiles(_paths.Folder, "*.key"))
        {
            if (KeyFileEncryption.Finding(key, _options.KeyRounds) is { } finding)
            {
                _findings.Add($"{Path.GetFileName(key)} {finding}");
            }

            Require(OperatingSystem.IsWindows() || File.GetUnixFileMode(key) == DurableFile.Private, $"{Path.GetFileName(key)} can be read by others than its owner");
        }
    }

    private void InspectLeftovers() => Require(
        CaGeneration.In(_paths.Folder, ".new").Length == 0 && !File.Exists(_paths.RootWork) && !PendingCredential.Any(_paths.Pending),
        "a command was interrupted, or is running: the next one that takes the passphrase settles what is left");

    private void Require(bool holds, string finding)
    {
        if (!holds)
        {
            _findings.Add(finding);
        }
    }
}
