using System;
using System.IO;
using System.Linq;
using System.Text;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Profiles;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>The profiles of certs/profiles, and how strictly such a file is read.</summary>
[TestClass]
public sealed class ProfileTests
{
    private const string Good =
        """{"kind":"operator","issuer":"services-issuing","validityDays":365,"keys":["ec-p256"],"commonName":"op_[a-z]+","subjectAltName":"none","pathLength":null,"keyUsage":["digitalSignature"],"extendedKeyUsage":"clientAuth","oneValidPerName":false}""";

    [TestMethod]
    public void Every_kind_has_a_profile_and_the_issuers_make_a_chain()
    {
        var profiles = CertificateProfiles.BuiltIn;
        foreach (var kind in Enum.GetValues<CertificateKind>())
        {
            var profile = profiles[kind];
            var issuer = profiles[profile.Issuer];
            Assert.IsTrue(issuer.IsAuthority, $"{kind} is issued by a leaf");
            Assert.IsGreaterThanOrEqualTo(profile.Validity, issuer.Validity);
            Assert.IsTrue(profile.IsSelfSigned || profile.PathLength is null || profile.PathLength < issuer.PathLength);
        }
    }

    [TestMethod]
    [DataRow("0123abcd-89ab-4cde-8123-456789abcdef", CertificateKind.Device)]
    [DataRow("player-0123abcd-89ab-4cde-8123-456789abcdef", null)]
    [DataRow("0123ABCD-89AB-4CDE-8123-456789ABCDEF", null)]
    [DataRow("0123abcd89ab4cde8123456789abcdef", CertificateKind.Broker)]
    [DataRow("0123abcd-89ab-4cde-8123-456789abcdef\n", null)]
    [DataRow("broker.example.org", CertificateKind.Broker)]
    [DataRow("op_alice", CertificateKind.Operator)]
    [DataRow("op_", null)]
    [DataRow("op_#", null)]
    [DataRow("op_+/x", null)]
    [DataRow("op_alice\n", null)]
    [DataRow("svc_backend", CertificateKind.Service)]
    [DataRow("svc_Backend", null)]
    [DataRow("audit_ledger", CertificateKind.AuditSigner)]
    [DataRow("audit_", null)]
    [DataRow("", null)]
    public void A_name_belongs_to_one_kind_of_leaf_at_most(string name, CertificateKind? owner)
    {
        var owners = CertificateProfiles.BuiltIn.Leaves.Where(p => p.CommonName.IsMatch(name)).Select(p => (CertificateKind?)p.Kind).ToList();
        CollectionAssert.AreEqual(owner is null ? [] : new[] { owner }, owners);
    }

    [TestMethod]
    public void A_good_document_is_read() => Assert.AreEqual("1.3.6.1.5.5.7.3.2", Parse(Good).ExtendedKeyUsage);

    [TestMethod]
    [DataRow("\"oneValidPerName\":false", "\"oneValidPerName\":false,\"nameConstraints\":[]", DisplayName = "unknown member")]
    [DataRow("\"oneValidPerName\":false", "\"oneValidPerName\":false,\"kind\":\"device\"", DisplayName = "member twice")]
    [DataRow(",\"oneValidPerName\":false", "", DisplayName = "member missing")]
    [DataRow("\"operator\"", "\"admin\"", DisplayName = "kind that there is not")]
    [DataRow("\"operator\"", "5", DisplayName = "kind by number")]
    [DataRow("\"operator\"", "null", DisplayName = "kind null")]
    [DataRow("365", "0", DisplayName = "no life")]
    [DataRow("365", "\"365\"", DisplayName = "days as text")]
    [DataRow("[\"digitalSignature\"]", "[\"keyAgreement\"]", DisplayName = "key usage that none may have")]
    [DataRow("\"clientAuth\"", "\"anyExtendedKeyUsage\"", DisplayName = "any extended key usage")]
    [DataRow("\"clientAuth\"", "null", DisplayName = "leaf without extended key usage")]
    [DataRow("\"pathLength\":null", "\"pathLength\":0", DisplayName = "CA with extended key usage")]
    [DataRow("[\"ec-p256\"]", "[]", DisplayName = "no key")]
    [DataRow("[\"ec-p256\"]", "[\"rsa-2048\"]", DisplayName = "key that is too weak")]
    [DataRow("[\"ec-p256\"]", "[\"ec-p256\",\"ec-p256\"]", DisplayName = "key twice")]
    [DataRow("services-issuing", "operator", DisplayName = "issued by a leaf")]
    [DataRow("[\"digitalSignature\"]", "[\"digitalSignature\",\"keyCertSign\"]", DisplayName = "leaf that signs certificates")]
    [DataRow("op_[a-z]+", "op_(", DisplayName = "pattern that is none")]
    [DataRow("{\"kind", "[{\"kind", DisplayName = "not an object")]
    public void A_document_with_a_flaw_is_refused(string from, string to)
    {
        Assert.Contains(from, Good);
        Assert.ThrowsExactly<InvalidDataException>(() => Parse(Good.Replace(from, to)));
    }

    private static CertificateProfile Parse(string json) => ProfileDocument.Parse(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
