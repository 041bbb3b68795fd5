using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Ledger;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>To open a key, or to make one, takes long, on purpose: no other station waits for that.</summary>
[TestClass]
public sealed class WaitingTests
{
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    public static IEnumerable<object[]> Work =>
    [
        ["a device", (CertificateAuthority authority, string _) => authority.IssueDevice(Guid.NewGuid()).Dispose(), 1],
        ["a broker", (CertificateAuthority authority, string _) => authority.IssueBroker(["broker.example"]).Dispose(), 1],
        ["revocation lists", (CertificateAuthority authority, string _) => { authority.Crls(); }, 2],
        ["a signed head", (CertificateAuthority authority, string folder) => { authority.SignHead(Path.Combine(folder, "head.pem")); }, 1],
        ["a new audit certificate", (CertificateAuthority authority, string folder) => { authority.RevokeName("audit_ledger", X509RevocationReason.Superseded); authority.SignHead(Path.Combine(folder, "head.pem")); }, 3],
        ["a new issuing CA", (CertificateAuthority authority, string folder) => { using var root = TestAuthority.Root(Path.Combine(folder, "ca")); authority.RotateIssuing(CertificateKind.DevicesIssuing, root); }, 1],
    ];

    [TestMethod]
    [DynamicData(nameof(Work))]
    public void While_a_key_is_opened_another_station_can_write(string what, Action<CertificateAuthority, string> work, int keys)
    {
        TestAuthority.Init(_folder.At("ca")).Dispose();
        using var station = DeviceLedger.Open(LedgerLocation.OfFolder(_folder.At("ca")), new LedgerOptions { LockTimeout = TimeSpan.Zero });
        var opened = 0;
        using var authority = TestAuthority.Open(_folder.At("ca"), TestAuthority.Options with
        {
            BeforeKey = () =>
            {
                opened++;
                station.Begin().Dispose();
            },
        });
        work(authority, _folder.Path);
        Assert.AreEqual(keys, opened, what);
    }
}
