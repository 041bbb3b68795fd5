using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Makapix.Device.Identity;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Identity;

[TestClass]
public sealed class IdentityReaderTests
{
    [TestMethod]
    public void A_whole_blob_gives_every_field()
    {
        var builder = new BlobBuilder(host: "broker.example", port: 61000);

        IdentityReading reading = IdentityReader.Read(builder.Build());

        Assert.AreEqual(IdentityState.Provisioned, reading.State, reading.Reason);
        DeviceIdentity identity = reading.Identity!;
        Assert.AreEqual(BlobBuilder.DefaultId.ToString(), identity.DeviceId);
        Assert.AreEqual("broker.example", identity.BrokerHost);
        Assert.AreEqual(61000, identity.BrokerPort);
        CollectionAssert.AreEqual(TestPki.Shared.Root.RawData, identity.RootDer);
        Assert.AreEqual(builder.IssuedAt, identity.IssuedAt);
        Assert.AreEqual($"makapix/player/{BlobBuilder.DefaultId}", identity.TopicPrefix);
        Assert.AreEqual("Workshop", identity.WifiSsid);
        Assert.AreEqual("correct horse", identity.WifiPassword);
    }

    [TestMethod]
    [DataRow(400, DisplayName = "UTCTime")]
    [DataRow(12000, DisplayName = "GeneralizedTime, from 2050")]
    public void The_certificates_end_is_read(int days)
    {
        using var leaf = TestPki.Shared.Device(BlobBuilder.DefaultId, TimeSpan.FromDays(days));

        IdentityReading reading = IdentityReader.Read(new BlobBuilder(leaf: leaf).Build());

        Assert.AreEqual(new DateTimeOffset(leaf.NotAfter).ToUnixTimeSeconds(), reading.Identity!.CertificateNotAfter);
    }

    [TestMethod]
    public void The_firmwares_own_blob_is_blank()
    {
        byte[] blob = IdentityBlob.Read();

        IdentityReading reading = IdentityReader.Read(blob);

        Assert.HasCount(BlobBuilder.Length, blob);
        Assert.AreEqual(IdentityState.Blank, reading.State);
        Assert.IsNull(reading.Identity);
        Assert.AreNotSame(blob, IdentityBlob.Read());
    }

    [TestMethod]
    public void Wifi_and_keys_may_be_absent()
    {
        IdentityReading reading = IdentityReader.Read(new BlobBuilder().Remove(9, 10, 11, 12).Build());

        Assert.AreEqual(IdentityState.Provisioned, reading.State, reading.Reason);
        Assert.AreEqual("", reading.Identity!.WifiSsid);
    }

    [TestMethod]
    public void The_longest_Wifi_name_and_password_that_nanoFramework_takes_are_read()
    {
        IdentityReading reading = IdentityReader.Read(new BlobBuilder().Set(11, Text(new string('a', 31))).Set(12, Text(new string('1', 63))).Build());

        Assert.AreEqual((31, 63), (reading.Identity!.WifiSsid.Length, reading.Identity.WifiPassword.Length));
    }

    [TestMethod]
    public void Truncated_file_of_every_length_is_damaged()
    {
        byte[] blob = new BlobBuilder().Build();

        for (int length = 0; length < blob.Length; length++)
        {
            Assert.AreEqual(IdentityState.Damaged, IdentityReader.Read(blob[..length]).State, $"{length} bytes");
        }
    }

    [TestMethod]
    public void Fields_truncated_at_every_length_under_a_right_checksum_are_damaged()
    {
        var builder = new BlobBuilder().Remove(9, 10, 11, 12);
        byte[] fields = builder.Fields();

        for (int length = 0; length < fields.Length; length++)
        {
            Assert.AreEqual(IdentityState.Damaged, IdentityReader.Read(BlobBuilder.Wrap(fields.AsSpan(0, length))).State, $"{length} bytes");
        }
    }

    [TestMethod]
    public void One_flipped_bit_anywhere_is_damaged()
    {
        byte[] blob = new BlobBuilder().Build();

        for (int i = 0; i < blob.Length; i++)
        {
            byte bit = (byte)(1 << (i % 8));
            blob[i] ^= bit;
            Assert.AreEqual(IdentityState.Damaged, IdentityReader.Read(blob).State, $"byte {i}");
            blob[i] ^= bit;
        }
    }

    [TestMethod]
    public void One_flipped_bit_in_a_blank_blob_is_damaged()
    {
        byte[] blob = IdentityBlob.Read();

        for (int i = 0; i < blob.Length; i++)
        {
            byte bit = (byte)(1 << (i % 8));
            blob[i] ^= bit;
            Assert.AreEqual(IdentityState.Damaged, IdentityReader.Read(blob).State, $"byte {i}");
            blob[i] ^= bit;
        }
    }

    [TestMethod]
    [DynamicData(nameof(BrokenRules))]
    public void A_broken_rule_is_damaged(string rule, Func<BlobBuilder, byte[]> build)
    {
        IdentityReading reading = IdentityReader.Read(build(new BlobBuilder()));

        Assert.AreEqual(IdentityState.Damaged, reading.State, rule);
        Assert.IsNull(reading.Identity);
        Assert.AreNotEqual("", reading.Reason);
    }

    public static IEnumerable<object[]> BrokenRules() => new (string Rule, Func<BlobBuilder, byte[]> Build)[]
    {
        ("a version from the future", b => BlobBuilder.Wrap(b.Fields(), version: 2)),
        ("a field twice", b => b.Add(8, Text("makapix/player/x"), 8).Build()),
        ("fields out of order", b => b.Remove(7).Add(7, BitConverter.GetBytes(b.IssuedAt)).Build()),
        ("an unknown field", b => b.Add(13, [1]).Build()),
        ("field type zero", b => b.Add(0, [1], 0).Build()),
        ("no broker", b => b.Remove(2).Build()),
        ("the nil UUID", b => b.Set(1, new byte[16]).Build()),
        ("a short UUID", b => b.Set(1, new byte[15]).Build()),
        ("an empty host", b => b.Set(2, []).Build()),
        ("a host with a newline", b => b.Set(2, Text("a\nb")).Build()),
        ("an IPv6 address", b => b.Set(2, Text("::1")).Build()),
        ("a host beyond ASCII", b => b.Set(2, Text("bröker")).Build()),
        ("a host of 254 bytes", b => b.Set(2, Text(new string('a', 254))).Build()),
        ("port zero", b => b.Set(3, [0, 0]).Build()),
        ("two roots", b => b.Set(4, [.. TestPki.Shared.Root.RawData, .. TestPki.Shared.Root.RawData]).Build()),
        ("a root with bytes behind it", b => b.Set(4, [.. TestPki.Shared.Root.RawData, 0]).Build()),
        ("no chain", b => b.Set(5, []).Build()),
        ("a chain that is no certificate", b => b.Set(5, [0x30, 0x03, 0x02, 0x01, 0x01]).Build()),
        ("a chain of endless length", b => b.Set(5, [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]).Build()),
        ("a chain of indefinite length", b => b.Set(5, [0x30, 0x80, 0x00, 0x00]).Build()),
        ("a key in PEM", b => b.Set(6, Text("-----BEGIN EC PRIVATE KEY-----")).Build()),
        ("an issue time of zero", b => b.Set(7, new byte[8]).Build()),
        ("an issue time past 2^63", b => b.Set(7, [255, 255, 255, 255, 255, 255, 255, 255]).Build()),
        ("an issue time after the certificate's end", b => b.Set(7, BitConverter.GetBytes(32503680000L)).Build()),
        ("a topic prefix with a wildcard", b => b.Set(8, Text("makapix/player/+")).Build()),
        ("a topic prefix with the other wildcard", b => b.Set(8, Text("#")).Build()),
        ("a topic prefix with a closing slash", b => b.Set(8, Text("makapix/player/x/")).Build()),
        ("a topic prefix with a NUL", b => b.Set(8, Text("makapix\0")).Build()),
        ("a topic prefix of 97 bytes", b => b.Set(8, Text(new string('a', 97))).Build()),
        ("a renewal key of 31 bytes", b => b.Set(9, new byte[31]).Build()),
        ("a Wi-Fi name of 32 bytes, which nanoFramework would drop", b => b.Set(11, Text(new string('a', 32))).Build()),
        ("a Wi-Fi name with a NUL", b => b.Set(11, Text("Work\0shop")).Build()),
        ("a Wi-Fi password of 7 bytes", b => b.Set(12, Text("1234567")).Build()),
        ("a Wi-Fi password of 64 bytes, which nanoFramework would drop", b => b.Set(12, Text(new string('1', 64))).Build()),
        ("a Wi-Fi password with a NUL", b => b.Set(12, Text("correct\0horse")).Build()),
        ("a Wi-Fi password of NULs, which nanoFramework would take for an open network", b => b.Set(12, new byte[8]).Build()),
        ("a Wi-Fi password without a network", b => b.Remove(11).Build()),
        ("a length past the blob", b => Lengthen(b.Build())),
    }.Select(r => new object[] { r.Rule, r.Build });

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Lengthen(byte[] blob)
    {
        blob[11] = 0xF0;
        blob[12] = 0x0F;
        return blob;
    }
}
