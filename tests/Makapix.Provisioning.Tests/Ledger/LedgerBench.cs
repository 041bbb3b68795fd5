using System;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Databases;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Ledger.Heads;
using Makapix.Provisioning.Ledger.Verification;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>A ledger of its own for a test, and what such a ledger is filled with.</summary>
internal sealed class LedgerBench : IDisposable
{
    public const string Issuer = "4A00";
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TestFolder _folder = new();

    /// <param name="kind">What it lies in.</param>
    /// <param name="clock">The clock of its entries, if not one that stands still.</param>
    public LedgerBench(DatabaseKind kind, TimeProvider? clock = null)
    {
        Kind = kind;
        Options = new LedgerOptions { Clock = clock ?? Clock, Actor = "test" };
        Words = kind == DatabaseKind.Sqlite ? _folder.At("ledger.db") : Postgres.Server.CreateDatabase();
        Location = LedgerLocation.Parse(Words, _folder.Path);
        Ledger = DeviceLedger.Create(Location, Options);
    }

    public DatabaseKind Kind { get; }

    public FixedClock Clock { get; } = new(Start);

    public LedgerOptions Options { get; }

    /// <summary>The location, in words.</summary>
    public string Words { get; }

    public LedgerLocation Location { get; }

    public DeviceLedger Ledger { get; }

    public static CertificateIssued Issued(string serial, string? name = null, CertificateKind kind = CertificateKind.Device, int days = 365) =>
        new(serial, kind, name ?? $"name-{serial}", Issuer, Start, Start + TimeSpan.FromDays(days), new string('A', 64));

    public static DeviceRecorded Recorded(Guid id, string mac, string serial, string? batch = null) =>
        new(id, mac, "ESP32-D0WD-V3 v3.1", "0.1.0", StandIn: false, ProvisioningPolicy.Release, new string('0', 64), serial) { Batch = batch };

    /// <summary>A certificate that a test made, as the authority would have written it down.</summary>
    public static CertificateIssued Issued(X509Certificate2 certificate, CertificateKind kind = CertificateKind.AuditSigner, string issuer = Issuer) =>
        new(certificate.SerialNumber, kind, certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false), issuer, certificate.NotBefore, certificate.NotAfter, certificate.GetCertHashString(HashAlgorithmName.SHA256));

    /// <summary>Appends in one transaction.</summary>
    public LedgerHead Append(params LedgerEvent[] events)
    {
        using var transaction = Ledger.Begin();
        LedgerHead? head = null;
        foreach (var happened in events)
        {
            head = transaction.Append(happened);
        }

        transaction.Commit();
        return head!;
    }

    /// <summary>Runs SQL that no program of ours would: an attacker who has the database.</summary>
    public void Tamper(string sql)
    {
        using var session = LedgerSession.Open(LedgerDatabase.Of(Location, Options));
        session.Script((Kind == DatabaseKind.Sqlite ? "PRAGMA foreign_keys = OFF; " : "SET session_replication_role = replica; ") + sql);
    }

    /// <summary>What the verifier finds, each as <c>TABLE KEY</c>; and why, for who looks at a failed test.</summary>
    public string[] Findings(SignedHead? known = null, bool why = false) =>
        [.. LedgerVerifier.Verify(Ledger, known).Findings.Select(one => $"{one.Table} {one.Key}{(why ? $": {one.What}" : "")}")];

    /// <summary>The ledger is whole.</summary>
    public void RequireWhole(SignedHead? known = null) => Assert.AreEqual("", string.Join('\n', Findings(known, why: true)));

    /// <summary>Asks the ledger.</summary>
    public T Ask<T>(Func<LedgerView, T> question)
    {
        using var view = Ledger.Read();
        return question(view);
    }

    /// <summary>The action fails with MKX-LEDGER-<paramref name="number"/>.</summary>
    public static LedgerException Fails(string number, Action action)
    {
        var failure = Assert.ThrowsExactly<LedgerException>(action);
        Assert.AreEqual($"MKX-LEDGER-{number}", failure.Code, failure.Message);
        return failure;
    }

    public void Dispose()
    {
        Ledger.Dispose();
        _folder.Dispose();
    }
}
