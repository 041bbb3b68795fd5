using System;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Device.Identity;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Identity;

[TestClass]
public sealed class PemTests
{
    [TestMethod]
    public void A_chain_is_every_certificate_in_order_and_a_NUL()
    {
        using X509Certificate2 leaf = TestPki.Shared.Device(Guid.NewGuid());

        string pem = Encoding.ASCII.GetString(Pem.FromCertificates([.. leaf.RawData, .. TestPki.Shared.Devices.RawData]));

        Assert.AreEqual($"{leaf.ExportCertificatePem()}\n{TestPki.Shared.Devices.ExportCertificatePem()}\n\0", pem);
    }

    [TestMethod]
    [DataRow(new byte[] { }, DisplayName = "nothing")]
    [DataRow(new byte[] { 0x30, 0x05, 0x01 }, DisplayName = "a length past the end")]
    [DataRow(new byte[] { 0x30, 0x00, 0x02, 0x00 }, DisplayName = "an INTEGER behind a SEQUENCE")]
    public void What_is_no_row_of_certificates_is_empty(byte[] der) => Assert.IsEmpty(Pem.FromCertificates(der));

    [TestMethod]
    public void Every_remainder_of_base64_is_padded_right()
    {
        for (int length = 0; length < 100; length++)
        {
            byte[] der = [0x30, (byte)length, .. new byte[length]];
            string text = Encoding.ASCII.GetString(Pem.FromCertificates(der)).Replace("\n", "", StringComparison.Ordinal);
            Assert.AreEqual($"-----BEGIN CERTIFICATE-----{Convert.ToBase64String(der)}-----END CERTIFICATE-----\0", text);
        }
    }
}
