using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Makapix.Provisioning.Images;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images;

[TestClass]
public sealed class IdentityBlobTests
{
    [TestMethod]
    [DataRow("Makapix Lab", "correct horse")]
    [DataRow("Makapix Lab", "")]
    [DataRow("name of 31 bytes, a longest one", "a passphrase of 63 bytes is the longest one that a device takes")]
    [DataRow("Größe ☕", "correct horse")]
    [DataRow(null, "")]
    public void Survives_the_way_to_bytes_and_back(string? ssid, string password)
    {
        using var identity = SampleIdentity.Create(ssid: ssid, password: password);
        using var read = IdentityBlob.Decode(identity.Encode());
        Assert.AreEqual(SampleIdentity.DeviceId, read.DeviceId);
        Assert.AreEqual("broker.makapix.test", read.BrokerHost);
        Assert.AreEqual((ushort)8883, read.BrokerPort);
        Assert.IsTrue(identity.TrustAnchor.SequenceEqual(read.TrustAnchor));
        Assert.IsTrue(identity.CertificateChain.SequenceEqual(read.CertificateChain));
        Assert.IsTrue(identity.PrivateKey.SequenceEqual(read.PrivateKey));
        Assert.AreEqual(identity.IssueTime, read.IssueTime);
        Assert.AreEqual($"makapix/player/{SampleIdentity.DeviceId}", read.TopicPrefix);
        Assert.IsTrue(identity.RenewalKey.SequenceEqual(read.RenewalKey));
        Assert.IsTrue(identity.StorageKey.SequenceEqual(read.StorageKey));
        Assert.AreEqual(ssid, read.WifiSsid);
        Assert.AreEqual(password, Encoding.UTF8.GetString(read.WifiPassword));
        CollectionAssert.AreEqual(identity.Encode(), read.Encode());
    }

    // Written down from DESIGN.md's table, so that firmware and station cannot drift apart together.
    [TestMethod]
    public void Lays_out_the_bytes_that_the_firmware_reads()
    {
        using var identity = SampleIdentity.Create();
        var blob = identity.Encode();
        Assert.AreEqual(4096, blob.Length);
        Assert.AreEqual("4D4B50584944454E54" + "00" + "01", Convert.ToHexString(blob[..11]));
        Assert.AreEqual(
            "01" + "1000" + "0123456789AB4DEF8123456789ABCDEF" + "02" + "1300" + Convert.ToHexString("broker.makapix.test"u8) + "03" + "0200" + "B322" + "04",
            Convert.ToHexString(blob[13..(13 + 19 + 22 + 5 + 1)]));
        var end = 13 + BinaryPrimitives.ReadUInt16LittleEndian(blob.AsSpan(11));
        CollectionAssert.AreEqual(Crc(blob[..end]), blob[end..(end + 4)]);
        Assert.IsTrue(blob[(end + 4)..].All(value => value == 0xFF));
    }

    [TestMethod]
    public void Fits_to_the_last_byte_and_says_how_many_are_too_many()
    {
        var longest = LongestRoot();
        using (var identity = SampleIdentity.Create(longest))
        {
            using var read = IdentityBlob.Decode(identity.Encode());
            Assert.AreEqual(identity.TrustAnchor.Length, read.TrustAnchor.Length);
        }

        using var tooBig = SampleIdentity.Create(longest + 3);
        Assert.Contains(" 3 bytes too big", Refusal.Expect("MKX-IMAGE-067", () => tooBig.Encode()).Message);
    }

    [TestMethod]
    public void Refuses_every_other_length()
    {
        using var identity = SampleIdentity.Create();
        var blob = identity.Encode();
        for (var length = 0; length < blob.Length; length++)
        {
            Refusal.Expect("MKX-IMAGE-060", () => IdentityBlob.Decode(blob.AsSpan(0, length)));
        }

        Refusal.Expect("MKX-IMAGE-060", () => IdentityBlob.Decode([.. blob, 0xFF]));
    }

    [TestMethod]
    public void Refuses_every_flipped_bit()
    {
        using var identity = SampleIdentity.Create();
        var blob = identity.Encode();
        for (var bit = 0; bit < blob.Length * 8; bit++)
        {
            blob[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsExactly<ImageException>(() => IdentityBlob.Decode(blob), $"bit {bit}");
            blob[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [TestMethod]
    [DataRow(0, (byte)'m', "MKX-IMAGE-061")]
    [DataRow(10, (byte)0, "MKX-IMAGE-072")]
    [DataRow(10, (byte)2, "MKX-IMAGE-063")]
    [DataRow(12, (byte)0xFF, "MKX-IMAGE-064")]
    [DataRow(20, (byte)0xEE, "MKX-IMAGE-065")]
    [DataRow(4095, (byte)0, "MKX-IMAGE-071")]
    public void Tells_the_kinds_of_damage_apart(int at, byte value, string code)
    {
        using var identity = SampleIdentity.Create();
        var blob = identity.Encode();
        blob[at] = value;
        Refusal.Expect(code, () => IdentityBlob.Decode(blob));
    }

    [TestMethod]
    [DynamicData(nameof(HostileFields))]
    public void Refuses_hostile_fields_under_a_right_CRC(string attack, string code, (byte Type, byte[] Value)[] fields) =>
        Refusal.Expect(code, () => IdentityBlob.Decode(Blob(fields)), attack);

    public static IEnumerable<object[]> HostileFields()
    {
        var good = GoodFields();
        object[] Case(string attack, string code, params (byte Type, byte[] Value)[] fields) => [attack, code, fields];
        (byte, byte[])[] With(byte type, params byte[] value) => [.. good.Select(field => field.Type == type ? (type, value) : field)];

        yield return Case("no fields at all", "MKX-IMAGE-070");
        for (byte type = 1; type <= 10; type++)
        {
            yield return Case($"field {type} is missing", "MKX-IMAGE-070", [.. good.Where(field => field.Type != type)]);
        }

        foreach (var field in good)
        {
            yield return Case($"field {field.Type} is empty", "MKX-IMAGE-066", With(field.Type));
            yield return Case($"field {field.Type} comes twice", "MKX-IMAGE-069", [.. good.SelectMany(each => each.Type == field.Type ? new[] { each, each } : [each])]);
        }

        yield return Case("fields in another order", "MKX-IMAGE-069", [.. good.Reverse()]);
        yield return Case("unknown field 0", "MKX-IMAGE-069", [(0, [1]), .. good]);
        yield return Case("unknown field 13", "MKX-IMAGE-069", [.. good, (13, [1])]);
        yield return Case("unknown field 255", "MKX-IMAGE-069", [.. good, (255, [1])]);
        yield return Case("password without network", "MKX-IMAGE-068", [.. good.Where(field => field.Type != 11)]);
        yield return Case("short device id", "MKX-IMAGE-066", With(1, new byte[15]));
        yield return Case("device id of zeros", "MKX-IMAGE-066", With(1, new byte[16]));
        yield return Case("host with a line break", "MKX-IMAGE-066", With(2, [.. "broker\nlistener 1883"u8]));
        yield return Case("host with a NUL", "MKX-IMAGE-066", With(2, [.. "broker\0.evil"u8]));
        yield return Case("host that the firmware does not take", "MKX-IMAGE-066", With(2, [.. "::1"u8]));
        yield return Case("host that is no UTF-8", "MKX-IMAGE-066", With(2, 0xC3, 0x28));
        yield return Case("port 0", "MKX-IMAGE-066", With(3, 0, 0));
        yield return Case("port of 4 bytes", "MKX-IMAGE-066", With(3, 1, 0, 0, 0));
        yield return Case("root that is no DER", "MKX-IMAGE-066", With(4, 1, 2, 3));
        yield return Case("two roots", "MKX-IMAGE-066", With(4, [.. SampleIdentity.Der(10, 1), .. SampleIdentity.Der(10, 1)]));
        yield return Case("chain of a leaf alone", "MKX-IMAGE-066", With(5, SampleIdentity.Der(10, 1)));
        yield return Case("chain cut short", "MKX-IMAGE-066", With(5, [.. SampleIdentity.Der(10, 1), .. SampleIdentity.Der(10, 1)[..^1]]));
        yield return Case("key with a tail", "MKX-IMAGE-066", With(6, [.. SampleIdentity.Der(10, 1), 0]));
        yield return Case("key with an indefinite length", "MKX-IMAGE-066", With(6, 0x30, 0x80, 0, 0));
        yield return Case("issue time beyond the calendar", "MKX-IMAGE-066", With(7, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF));
        yield return Case("wildcard in the topic prefix", "MKX-IMAGE-066", With(8, [.. "makapix/player/+"u8]));
        yield return Case("everything under the topic prefix", "MKX-IMAGE-066", With(8, [.. "#"u8]));
        yield return Case("topic prefix longer than the firmware takes", "MKX-IMAGE-066", With(8, Enumerable.Repeat((byte)'a', 97).ToArray()));
        yield return Case("slash behind the topic prefix", "MKX-IMAGE-066", With(8, [.. "makapix/"u8]));
        yield return Case("renewal key of zeros", "MKX-IMAGE-066", With(9, new byte[32]));
        yield return Case("short storage key", "MKX-IMAGE-066", With(10, new byte[31]));
        yield return Case("SSID of 32 bytes", "MKX-IMAGE-066", With(11, Enumerable.Repeat((byte)'a', 32).ToArray()));
        yield return Case("SSID with a NUL", "MKX-IMAGE-066", With(11, "Makapix\0Lab"u8.ToArray()));
        yield return Case("password of 7 bytes", "MKX-IMAGE-066", With(12, [.. "seven77"u8]));
        yield return Case("password of 64 bytes", "MKX-IMAGE-066", With(12, Enumerable.Repeat((byte)'a', 64).ToArray()));
        yield return Case("password of NULs", "MKX-IMAGE-066", With(12, new byte[8]));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(4)]
    public void Refuses_a_field_that_ends_outside_its_area(int tooMany)
    {
        var blob = Blob(GoodFields());
        var length = BinaryPrimitives.ReadUInt16LittleEndian(blob.AsSpan(11));
        BinaryPrimitives.WriteUInt16LittleEndian(blob.AsSpan(11), (ushort)(length - tooMany));
        Seal(blob);
        Refusal.Expect("MKX-IMAGE-064", () => IdentityBlob.Decode(blob));
    }

    [TestMethod]
    public void Refuses_to_be_made_with_a_password_and_no_network()
    {
        using var identity = SampleIdentity.Create(ssid: null);
        Refusal.Expect("MKX-IMAGE-068", () => identity.Encode());
    }

    [TestMethod]
    public void Clears_the_secrets_and_never_the_callers_arrays()
    {
        var identity = SampleIdentity.Create();
        identity.Dispose();
        foreach (var secret in new[] { identity.PrivateKey.ToArray(), identity.RenewalKey.ToArray(), identity.StorageKey.ToArray(), identity.WifiPassword.ToArray() })
        {
            Assert.IsTrue(secret.Length > 0 && secret.All(value => value == 0));
        }

        Assert.IsTrue(identity.TrustAnchor.ContainsAnyExcept((byte)0));
    }

    [TestMethod]
    public void No_refusal_repeats_a_secret()
    {
        var fields = GoodFields();
        fields[11] = (12, [.. "pass"u8]);
        Assert.DoesNotContain("pass\"", Refusal.Expect("MKX-IMAGE-066", () => IdentityBlob.Decode(Blob(fields))).Message);
        var refusal = Refusal.Expect("MKX-IMAGE-066", () => SampleIdentity.Create(password: "tooshrt"));
        Assert.DoesNotContain("tooshrt", refusal.ToString());
    }

    private static (byte Type, byte[] Value)[] GoodFields()
    {
        using var identity = SampleIdentity.Create();
        var blob = identity.Encode();
        var fields = new List<(byte, byte[])>();
        var end = 13 + BinaryPrimitives.ReadUInt16LittleEndian(blob.AsSpan(11));
        for (var at = 13; at < end;)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(blob.AsSpan(at + 1));
            fields.Add((blob[at], blob[(at + 3)..(at + 3 + length)]));
            at += 3 + length;
        }

        return [.. fields];
    }

    private static byte[] Blob((byte Type, byte[] Value)[] fields)
    {
        var blob = Enumerable.Repeat((byte)0xFF, 4096).ToArray();
        "MKPXIDENT\0\u0001"u8.CopyTo(blob);
        var at = 13;
        foreach (var (type, value) in fields)
        {
            blob[at] = type;
            BinaryPrimitives.WriteUInt16LittleEndian(blob.AsSpan(at + 1), (ushort)value.Length);
            value.CopyTo(blob, at + 3);
            at += 3 + value.Length;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(blob.AsSpan(11), (ushort)(at - 13));
        Seal(blob);
        return blob;
    }

    private static void Seal(byte[] blob)
    {
        var end = 13 + BinaryPrimitives.ReadUInt16LittleEndian(blob.AsSpan(11));
        blob.AsSpan(end).Fill(0xFF);
        Crc(blob[..end]).CopyTo(blob, end);
    }

    // A CRC of its own, bit by bit, from the definition.
    private static byte[] Crc(byte[] data)
    {
        var crc = ~0u;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, ~crc);
        return bytes;
    }

    private static int LongestRoot()
    {
        for (var length = 4096; ; length--)
        {
            try
            {
                using var identity = SampleIdentity.Create(length);
                identity.Encode();
                return length;
            }
            catch (ImageException)
            {
                Assert.IsGreaterThan(0, length);
            }
        }
    }
}
