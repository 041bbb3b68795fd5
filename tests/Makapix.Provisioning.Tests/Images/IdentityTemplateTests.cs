using System;
using Makapix.Provisioning.Images;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images;

[TestClass]
public sealed class IdentityTemplateTests
{
    // Where the fixture, which nanoCLR loads, has it.
    private const int BlobOffset = 468;

    [TestMethod]
    public void Fills_only_the_blob_and_the_two_checksums()
    {
        var template = SampleIdentity.Template();
        var before = (byte[])template.Clone();
        using var identity = SampleIdentity.Create();
        var blob = identity.Encode();

        var filled = IdentityTemplate.Fill(template, blob);

        CollectionAssert.AreEqual(before, template, "the template itself is left alone");
        CollectionAssert.AreEqual(blob, filled[BlobOffset..(BlobOffset + IdentityBlob.Length)]);
        CollectionAssert.AreEqual(before[..8], filled[..8]);
        CollectionAssert.AreEqual(before[16..BlobOffset], filled[16..BlobOffset]);
        CollectionAssert.AreEqual(before[(BlobOffset + IdentityBlob.Length)..], filled[(BlobOffset + IdentityBlob.Length)..]);
        Assert.AreEqual(IdentityTemplate.AssemblyName, PeFile.Parse(filled, "filled").Name);
        CollectionAssert.AreEqual(blob, IdentityTemplate.Read(filled));
    }

    [TestMethod]
    public void Reads_a_blank_template_as_blank() =>
        Refusal.Expect("MKX-IMAGE-062", () => IdentityBlob.Decode(IdentityTemplate.Read(SampleIdentity.Template())));

    [TestMethod]
    public void Refuses_to_fill_twice()
    {
        using var identity = SampleIdentity.Create();
        var filled = IdentityTemplate.Fill(SampleIdentity.Template(), identity.Encode());
        Refusal.Expect("MKX-IMAGE-083", () => IdentityTemplate.Fill(filled, identity.Encode()));
    }

    [TestMethod]
    public void Refuses_a_blank_that_hides_bytes()
    {
        using var identity = SampleIdentity.Create();
        var template = Resealed(pe => pe[BlobOffset + IdentityBlob.Length - 1] = 0x00);
        Refusal.Expect("MKX-IMAGE-083", () => IdentityTemplate.Fill(template, identity.Encode()));
    }

    [TestMethod]
    public void Refuses_a_second_magic_so_that_nobody_chooses_which_is_read() =>
        Refusal.Expect("MKX-IMAGE-081", () => IdentityTemplate.Read(Resealed(pe => "MKPXIDENT\0"u8.CopyTo(pe.AsSpan(BlobOffset + 100)))));

    [TestMethod]
    public void Refuses_a_template_without_magic() =>
        Refusal.Expect("MKX-IMAGE-081", () => IdentityTemplate.Read(Resealed(pe => pe[BlobOffset] = 0)));

    [TestMethod]
    public void Refuses_a_magic_that_stands_where_no_blob_can_be() =>
        Refusal.Expect("MKX-IMAGE-082", () => IdentityTemplate.Read(Resealed(pe => pe[BlobOffset - 1] = 0x0F)));

    [TestMethod]
    public void Refuses_another_assembly() =>
        Refusal.Expect("MKX-IMAGE-080", () => IdentityTemplate.Read(Resealed(pe => pe[pe.AsSpan().IndexOf("Makapix.Device.Identity\0"u8)] = (byte)'X')));

    [TestMethod]
    public void Refuses_bytes_behind_the_assembly() =>
        Refusal.Expect("MKX-IMAGE-080", () => IdentityTemplate.Read([.. SampleIdentity.Template(), 0, 0, 0, 0]));

    [TestMethod]
    public void Refuses_to_fill_in_what_is_no_identity()
    {
        using var identity = SampleIdentity.Create();
        var damaged = identity.Encode();
        damaged[20] ^= 1;
        Refusal.Expect("MKX-IMAGE-065", () => IdentityTemplate.Fill(SampleIdentity.Template(), damaged));
        Refusal.Expect("MKX-IMAGE-060", () => IdentityTemplate.Fill(SampleIdentity.Template(), damaged[..^1]));
    }

    // A template with one change and right CRCs: what an attacker, or another build, could make.
    private static byte[] Resealed(Action<byte[]> change)
    {
        var pe = SampleIdentity.Template();
        change(pe);
        PeFile.Seal(pe);
        return pe;
    }
}
