using System;
using System.Linq;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

[TestClass]
public sealed class DeviceSecretTests
{
    // Fixed for ever: devices in the field hold what these labels gave. The values are those of
    // openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:0001…1f -kdfopt hexinfo:<label>00<id> HKDF
    private const string Renewal = "A514ED8CD51EA614DAFB6DCB547D812B6EA6D2DBEA17AAAB156BE64E2CC30AC5";
    private const string Storage = "7E5C09924405EB34421ED7F2EA8C8B94B4C49E71623C49973D55F63FD5436C09";
    private static readonly Guid Id = Guid.Parse("01234567-89ab-4cde-f012-3456789abcde");

    [TestMethod]
    [DataRow("makapix renewal key v1", Renewal)]
    [DataRow("makapix storage key v1", Storage)]
    public void Keys_are_HKDF_SHA_256_of_secret_label_and_id(string label, string expected)
    {
        using var secret = new DeviceSecret([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        Assert.AreEqual(expected, Convert.ToHexString(secret.Derive(label, Id)));
    }

    [TestMethod]
    [DataRow("renewal")]
    [DataRow("storage")]
    public void Openssl_derives_the_same(string which)
    {
        var label = which == "renewal" ? DeviceSecret.RenewalLabel : DeviceSecret.StorageLabel;
        var key = Enumerable.Range(100, 32).Select(i => (byte)i).ToArray();
        var info = Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(label)) + "00" + Id.ToString("N");
        var expected = OpenSsl.Require("kdf", "-keylen", "32", "-kdfopt", "digest:SHA256", "-kdfopt", "hexkey:" + Convert.ToHexString(key), "-kdfopt", "hexinfo:" + info, "HKDF");
        using var secret = new DeviceSecret(key);
        Assert.AreEqual(expected.Replace(":", "").Trim(), Convert.ToHexString(secret.Derive(label, Id)));
    }

    [TestMethod]
    public void Dispose_zeroes_the_secret()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)7, 32)];
        new DeviceSecret(bytes).Dispose();
        CollectionAssert.AreEqual(new byte[32], bytes);
    }
}
