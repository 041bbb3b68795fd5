using System;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>The chains, as OpenSSL judges them: it is what mosquitto runs on.</summary>
[TestClass]
public sealed class ChainTests
{
    private static readonly TestFolder Folder = new();
    private static CertificateAuthority _authority = null!;

    [ClassInitialize]
    public static void Begin(TestContext _)
    {
        _authority = TestAuthority.Init(Folder.At("ca"));
        Folder.Write("root.pem", _authority.RootPem);
        Folder.Write("trust.pem", _authority.BrokerTrustPem);
        using var device = _authority.IssueDevice(Guid.NewGuid());
        File.WriteAllText(Folder.At("device.pem"), TestCertificates.ToPem(device.ChainDer));
        WriteChain("broker.pem", _authority.IssueBroker(["broker.example.org", "localhost"], [System.Net.IPAddress.Loopback]));
        WriteChain("operator.pem", _authority.IssueOperator("alice"));
        WriteChain("service.pem", _authority.IssueService("backend"));
    }

    [ClassCleanup]
    public static void End()
    {
        _authority.Dispose();
        Folder.Dispose();
    }

    [TestMethod]
    [DataRow("device", "sslclient")]
    [DataRow("broker", "sslserver")]
    [DataRow("operator", "sslclient")]
    [DataRow("service", "sslclient")]
    public void Accepted_for_its_purpose(string kind, string purpose) => Verify(Folder.At("root.pem"), kind, purpose, expected: true);

    [TestMethod]
    [DataRow("device", "sslserver")]
    [DataRow("broker", "sslclient")]
    [DataRow("operator", "sslserver")]
    [DataRow("service", "sslserver")]
    public void Refused_for_another_purpose(string kind, string purpose) => Verify(Folder.At("root.pem"), kind, purpose, expected: false);

    [TestMethod]
    [DataRow("broker.example.org", true)]
    [DataRow("localhost", true)]
    [DataRow("other.example.org", false)]
    [DataRow("example.org", false)]
    public void Broker_is_its_hosts_and_no_other(string host, bool expected) =>
        Verify(Folder.At("root.pem"), "broker", "sslserver", expected, "-verify_hostname", host);

    [TestMethod]
    [DataRow("127.0.0.1", true)]
    [DataRow("127.0.0.2", false)]
    public void Broker_is_its_addresses_and_no_other(string address, bool expected) =>
        Verify(Folder.At("root.pem"), "broker", "sslserver", expected, "-verify_ip", address);

    [TestMethod]
    public void Refused_under_another_authority_of_the_same_name()
    {
        using var other = TestAuthority.Init(Folder.At("other"));
        Folder.Write("other.pem", other.BrokerTrustPem);
        Verify(Folder.At("other.pem"), "device", "sslclient", expected: false);
        Verify(Folder.At("other.pem"), "broker", "sslserver", expected: false);
    }

    [TestMethod]
    public void A_leaf_cannot_issue()
    {
        using var credential = _authority.IssueService("mallory");
        using var leaf = credential.ToCertificate();
        var child = TestCertificates.SignedBy(leaf, "CN=op_mallory");
        Folder.Write("child.pem", child.ExportCertificatePem() + "\n" + credential.ChainPem);
        Verify(Folder.At("root.pem"), "child", "sslclient", expected: false);
    }

    [TestMethod]
    public void Revoked_leaves_fail_the_CRL_check_and_others_pass()
    {
        using var revoked = _authority.IssueDevice(Guid.NewGuid());
        File.WriteAllText(Folder.At("revoked.pem"), TestCertificates.ToPem(revoked.ChainDer));
        _authority.Revoke(revoked.Serial, X509RevocationReason.KeyCompromise);
        _authority.PublishCrls(Folder.At("crl.pem"));

        string[] check = ["-crl_check_all", "-CRLfile", Folder.At("crl.pem")];
        Verify(Folder.At("trust.pem"), "revoked", "sslclient", expected: false, check);
        Verify(Folder.At("trust.pem"), "device", "sslclient", expected: true, check);
        Verify(Folder.At("trust.pem"), "broker", "sslserver", expected: true, check);
        Verify(Folder.At("trust.pem"), "operator", "sslclient", expected: true, check);
    }

    [TestMethod]
    public void Expired_CRLs_lock_everybody_out()
    {
        _authority.PublishCrls(Folder.At("old-crl.pem"));
        var later = DateTimeOffset.UtcNow + CertificateAuthority.CrlLifetime + TimeSpan.FromMinutes(1);
        Verify(Folder.At("trust.pem"), "device", "sslclient", expected: false, "-crl_check", "-CRLfile", Folder.At("old-crl.pem"), "-attime", later.ToUnixTimeSeconds().ToString());
    }

    private static void WriteChain(string name, TlsCredential credential)
    {
        using (credential)
        {
            Folder.Write(name, credential.ChainPem);
        }
    }

    private static void Verify(string trust, string kind, string purpose, bool expected, params string[] more)
    {
        var chain = Folder.At(kind + ".pem");
        var (exitCode, output) = OpenSsl.Run(["verify", "-x509_strict", "-purpose", purpose, "-CAfile", trust, "-untrusted", chain, .. more, chain]);
        Assert.AreEqual(expected, exitCode == 0, output);
    }
}
