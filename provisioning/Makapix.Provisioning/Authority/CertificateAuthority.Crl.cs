using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority;

/// <summary>Publishing: what brokers verify their clients by.</summary>
public sealed partial class CertificateAuthority
{
    /// <summary>How long the CRL of an issuing CA is good for. A broker that holds an older one refuses everybody: publish daily.</summary>
    public static readonly TimeSpan CrlLifetime = TimeSpan.FromDays(30);

    /// <summary>How long the root's CRL is good for: a little more than a year, so that the root comes out of its safe once a year.</summary>
    public static readonly TimeSpan RootCrlLifetime = TimeSpan.FromDays(400);

    /// <summary>When the root's CRL ends, UTC.</summary>
    /// <exception cref="AuthorityException">MKX-CA-004: there is none. 006: it is damaged.</exception>
    public DateTimeOffset RootCrlEnd => RevocationList.Ends(RootCrl())![0];

    /// <summary>
    /// The root's CRL, and a new one for each issuing CA that counts, signed now, as one PEM text: mosquitto reads one file. A revoked CA has none,
    /// so that a broker which has just been started knows nothing good of what it signed.
    /// </summary>
    /// <exception cref="AuthorityException">MKX-CA-005, 007: a CA key cannot be used.</exception>
    public string Crls() => NewCrls().Pem;

    /// <summary>Writes <see cref="Crls"/> to a file, in one stroke: a broker that reloads at this moment sees the old file or the new one.</summary>
    /// <exception cref="AuthorityException">MKX-CA-042: something else than a revocation list is there. Else as <see cref="Crls"/>.</exception>
    public void PublishCrls(string path)
    {
        IReadOnlyList<CrlNumbered> taken = [];
        do
        {
            Publish(path, RevocationList.Label, () =>
            {
                (var pem, taken) = NewCrls();
                return pem;
            });
        }
        while (IsOvertaken(taken));
    }

    /// <summary>Writes <see cref="BrokerTrustPem"/> to a file, in one stroke. mosquitto reads it when it starts, and then no more.</summary>
    /// <exception cref="AuthorityException">MKX-CA-042: something else than certificates is there.</exception>
    public void PublishTrust(string path) => Publish(path, "CERTIFICATE", () => BrokerTrustPem);

    private (string Pem, IReadOnlyList<CrlNumbered> Taken) NewCrls()
    {
        OpenTrustedKeys();
        using var record = Ledger.Begin();
        FinishRootWork(record);
        var root = RootCrl();
        var rootNumber = new CrlNumbered(_root.SerialNumber, record.CrlNumber(_root.SerialNumber));
        var now = Now();
        var lists = _generations.Trusted(record, now)
            .Select(ca => (ca.Signer, Number: record.CrlNumber(ca.Certificate.SerialNumber) + 1, Revoked: record.Revoked(ca.Certificate.SerialNumber)))
            .ToList();
        List<CrlNumbered> taken = [.. lists.Select(list => new CrlNumbered(list.Signer.Certificate.SerialNumber, list.Number))];
        taken.ForEach(one => record.Append(one));
        record.Commit();
        return (root + string.Concat(lists.Select(list => RevocationList.Create(list.Signer, list.Revoked, list.Number, now, CrlLifetime))), [.. taken, rootNumber]);
    }

    // As OpenKeys.
    private void OpenTrustedKeys()
    {
        using var record = Ledger.Read();
        foreach (var ca in _generations.Trusted(record, Now()))
        {
            _ = ca.Signer;
        }
    }

    // Whoever took higher numbers meanwhile may have written before us: their lists, with a revocation that ours lack, would be gone until tomorrow.
    private bool IsOvertaken(IReadOnlyList<CrlNumbered> taken)
    {
        using var record = Ledger.Read();
        return taken.Any(one => record.CrlNumber(one.IssuerSerial) > one.Number);
    }

    // A path mistyped into the authority's own folder would be the end of a CA key.
    private static void Publish(string path, string label, Func<string> content)
    {
        if (Directory.Exists(path) || (File.Exists(path) && !Begins(path, $"-----BEGIN {label}-----")))
        {
            throw new AuthorityException("042", $"{path} is there, and holds no {label}.", "Name the broker's file of that kind, or a file that is not there yet.");
        }

        DurableFile.Replace(path, Encoding.ASCII.GetBytes(content()), DurableFile.Public);
    }

    private static bool Begins(string path, string text)
    {
        using var file = File.OpenRead(path);
        var start = new byte[text.Length];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(text));
    }

    private string RootCrl()
    {
        var text = AuthorityFile.ReadText(_paths.RootCrl);
        return RevocationListContent.Read(text, _root) is not null ? text : throw AuthorityFile.Damaged(_paths.RootCrl);
    }
}
