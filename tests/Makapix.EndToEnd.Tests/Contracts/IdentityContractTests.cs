using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Makapix.Device.Identity;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Images;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Contracts;

/// <summary>The identity blob: written by the station, read by the device, by two codes that share nothing but its description.</summary>
[TestClass]
public sealed partial class IdentityContractTests
{
    private static readonly Guid DeviceId = Guid.Parse("01234567-89ab-4def-8123-456789abcdef");

    private static readonly Scratch Scratch = new();
    private static CertificateAuthority _authority = null!;
    private static DeviceIdentityMaterial _material = null!;

    [ClassInitialize]
    public static void Begin(TestContext _)
    {
        _authority = CertificateAuthority.Init(new CeremonyPlan(Scratch.At("ca"), Scratch.At("root")), Workbench.Passphrase, NewAuthority.RootPassphrase);
        _material = _authority.IssueDevice(DeviceId);
    }

    [ClassCleanup]
    public static void End()
    {
        _material.Dispose();
        _authority.Dispose();
        Scratch.Dispose();
    }

    [TestMethod]
    [DataRow("broker.example.org", 8883, null, "")]
    [DataRow("192.0.2.7", 1, "Makapix", "")]
    [DataRow("a.b", 65535, "Kaffeehaus Österreich", "passwörd mit Ümlaut")]
    [DataRow("broker.example.org", 443, "@", "12345678")]
    [DataRow("broker.example.org", 443, "31 bytes of a network name: all", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde")]
    public void The_device_reads_what_the_station_wrote(string host, int port, string? ssid, string password)
    {
        using var written = Identity(host, port, ssid, password);
        var reading = IdentityReader.Read(written.Encode());
        Assert.AreEqual(IdentityState.Provisioned, reading.State, reading.Reason);
        var read = reading.Identity!;
        Assert.AreEqual(DeviceId.ToString(), read.DeviceId);
        Assert.AreEqual(host, read.BrokerHost);
        Assert.AreEqual(port, read.BrokerPort);
        Assert.AreEqual(written.TopicPrefix, read.TopicPrefix);
        Assert.AreEqual(written.IssueTime.ToUnixTimeSeconds(), read.IssuedAt);
        CollectionAssert.AreEqual(written.TrustAnchor.ToArray(), read.RootDer);
        CollectionAssert.AreEqual(written.CertificateChain.ToArray(), read.ChainDer);
        CollectionAssert.AreEqual(written.PrivateKey.ToArray(), read.PrivateKeyDer);
        Assert.AreEqual(_material.NotAfter.ToUnixTimeSeconds(), read.CertificateNotAfter);
        Assert.AreEqual(ssid ?? "", read.WifiSsid);
        Assert.AreEqual(password, read.WifiPassword);
    }

    [TestMethod]
    public void No_flipped_bit_passes_either_reader()
    {
        using var written = Identity("broker.example.org", 8883, "Makapix", "correct horse");
        var blob = written.Encode();
        for (var bit = 0; bit < blob.Length * 8; bit += 7)
        {
            var damaged = (byte[])blob.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.AreEqual(IdentityState.Damaged, IdentityReader.Read(damaged).State, $"bit {bit}");
            Assert.ThrowsExactly<ImageException>(() => IdentityBlob.Decode(damaged), $"bit {bit}");
        }
    }

    [TestMethod]
    public void A_template_that_was_filled_is_read_by_the_device()
    {
        using var written = Identity("broker.example.org", 8883, null, "");
        var filled = IdentityTemplate.Fill(Template(), written.Encode());
        Assert.AreEqual(DeviceId.ToString(), IdentityReader.Read(IdentityTemplate.Read(filled)).Identity!.DeviceId);
    }

    [TestMethod]
    public void The_blank_blob_in_the_firmware_source_is_the_one_in_the_template()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "firmware", "Makapix.Device.Identity", "IdentityBlob.cs"));
        var bytes = HexByte().Matches(source).Select(match => byte.Parse(match.ValueSpan[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToArray();
        CollectionAssert.AreEqual(IdentityTemplate.Read(Template()), bytes);
        Assert.AreEqual(IdentityState.Blank, IdentityReader.Read(bytes).State);
    }

    private static byte[] Template() => File.ReadAllBytes(Path.Combine(Repository.Root, "provisioning", "Makapix.Provisioning", "Images", "Resources", "Makapix.Device.Identity.pe"));

    private static IdentityBlob Identity(string host, int port, string? ssid, string password) => new()
    {
        DeviceId = DeviceId,
        BrokerHost = host,
        BrokerPort = (ushort)port,
        TrustAnchor = _material.RootDer.Span,
        CertificateChain = _material.ChainDer.Span,
        PrivateKey = _material.PrivateKeyDer.Span,
        IssueTime = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000),
        TopicPrefix = $"makapix/player/{DeviceId}",
        RenewalKey = _material.RenewalKey.Span,
        StorageKey = _material.StorageKey.Span,
        WifiSsid = ssid,
        WifiPassword = Encoding.UTF8.GetBytes(password),
    };

    [GeneratedRegex("0x[0-9A-Fa-f]{2}")]
    private static partial Regex HexByte();
}
