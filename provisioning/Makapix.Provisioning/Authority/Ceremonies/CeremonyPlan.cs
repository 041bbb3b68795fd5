using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Authority.Profiles;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority.Ceremonies;

/// <summary>What a ceremony is going to make, before any of it is made.</summary>
public sealed record CeremonyPlan
{
    private const int MaxOrganization = 40;

    /// <param name="folder">The authority's folder, for daily work: missing, or empty.</param>
    /// <param name="rootFolder">The root's own folder or medium: missing, or empty, and not inside the other.</param>
    public CeremonyPlan(string folder, string rootFolder)
    {
        Folder = RealPath.Of(folder);
        RootFolder = RealPath.Of(rootFolder);
    }

    /// <summary>The authority's folder, without links.</summary>
    public string Folder { get; }

    /// <summary>The root's folder, without links: the root goes to the medium that a link leads to, not to where the link is.</summary>
    public string RootFolder { get; }

    /// <summary>O of the CA names, and the start of their CN; at most 40 printable characters.</summary>
    public string Organization { get; init; } = "Makapix";

    /// <summary>Who is there, for the record.</summary>
    public IReadOnlyList<string> Witnesses { get; init; } = [];

    /// <summary>Where the ledger is to be: a file in the authority's folder, or a connection string of PostgreSQL without a password.</summary>
    public string Ledger { get; init; } = "ledger.db";

    internal KeySource Root { get; init; } = new(KeyKind.EcP256);

    internal KeySource DevicesIssuing { get; init; } = new(KeyKind.EcP256);

    internal KeySource ServicesIssuing { get; init; } = new(KeyKind.EcP256);

    /// <summary>The plan, a line each; the same plan is always the same lines.</summary>
    /// <exception cref="LedgerException">MKX-LEDGER-006, 007, 011: that is no place for a ledger.</exception>
    public IReadOnlyList<string> Lines()
    {
        var profiles = CertificateProfiles.BuiltIn;
        string Life(CertificateKind kind) => Math.Round(profiles[kind].Validity.TotalDays / 365.25, 1) is var years && years == 1 ? "1 year" : $"{years:0.#} years";
        return
        [
            $"root               {Organization} Root CA G1, {Life(CertificateKind.Root)}, key {Root}",
            $"devices-issuing    {Organization} Devices CA G1, {Life(CertificateKind.DevicesIssuing)}, key {DevicesIssuing}",
            $"services-issuing   {Organization} Services CA G1, {Life(CertificateKind.ServicesIssuing)}, key {ServicesIssuing}",
            $"audit-signer       audit_ledger, {Life(CertificateKind.AuditSigner)}, key {new KeySource(KeyKind.EcP256)}",
            $"in {RootFolder}    the root's key, under a passphrase of its own; its certificate; the record of this ceremony",
            $"in {Folder}    the other keys, under the passphrase of the daily work; the secret for device keys; certificates; the same record",
            $"ledger             {LedgerLocation.Parse(Ledger, Folder)}",
            .. Witnesses.Count == 0 ? Array.Empty<string>() : [$"there are          {string.Join(", ", Witnesses)}"],
        ];
    }

    /// <summary>SHA-256 of <see cref="Lines"/>, as the record has it.</summary>
    public string Hash() => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Lines()))));

    /// <exception cref="AuthorityException">MKX-CA-001: a folder holds something. 003: not an organization. 070: one folder lies in the other.</exception>
    public void Require()
    {
        if (Organization.Length is 0 or > MaxOrganization || Organization.Trim().Length != Organization.Length || !CertificateProfiles.BuiltIn[CertificateKind.Root].CommonName.IsMatch(Organization))
        {
            throw new AuthorityException("003", "that organization name cannot stand in a certificate.", $"Give 1 to {MaxOrganization} printable characters.");
        }

        if (IsWithin(Folder, RootFolder) || IsWithin(RootFolder, Folder))
        {
            throw new AuthorityException("070", "the root's folder and the authority's lie in one another: whoever has one would have both.", "Name a folder for the root on a medium of its own.");
        }

        foreach (var folder in (string[])[RootFolder, Folder])
        {
            if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            {
                throw new AuthorityException("001", $"'{folder}' is not an empty folder.", "Name a new folder; an authority never overwrites anything.");
            }
        }
    }

    private static bool IsWithin(string inner, string outer) => (inner + Path.DirectorySeparatorChar).StartsWith(outer + Path.DirectorySeparatorChar, RealPath.Comparison);
}
