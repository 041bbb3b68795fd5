using System;
using System.Linq;
using Makapix.Provisioning.Images;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images;

[TestClass]
public sealed class DeploymentImageTests
{
    [TestMethod]
    public void Lays_assemblies_on_4_bytes_and_pads_the_whole_to_32()
    {
        var (first, second) = (SampleIdentity.TemplateNamed('A'), SampleIdentity.TemplateNamed('B'));
        var image = DeploymentImage.Build(first, second);
        Assert.AreEqual(9184, image.Length);
        CollectionAssert.AreEqual(first, image[..4588]);
        CollectionAssert.AreEqual(second, image[4588..9176]);
        Assert.IsTrue(image[9176..].All(value => value == 0xFF));
    }

    [TestMethod]
    public void Finds_them_again_in_front_of_erased_flash_and_of_noise()
    {
        var noise = new byte[4096];
        new Random(5).NextBytes(noise);
        foreach (var rest in new[] { Enumerable.Repeat((byte)0xFF, 4096).ToArray(), noise, [] })
        {
            var found = DeploymentImage.Walk((byte[])[.. DeploymentImage.Build(SampleIdentity.TemplateNamed('A'), SampleIdentity.TemplateNamed('B')), .. rest]);
            CollectionAssert.AreEqual(new[] { 0, 4588 }, found.Select(assembly => assembly.Offset).ToArray());
            CollectionAssert.AreEqual(new[] { "Aakapix.Device.Identity", "Bakapix.Device.Identity" }, found.Select(assembly => assembly.Pe.Name).ToArray());
            CollectionAssert.AreEqual(SampleIdentity.TemplateNamed('B'), found[1].Bytes.ToArray());
        }
    }

    [TestMethod]
    public void Finds_nothing_in_erased_flash() => Assert.IsEmpty(DeploymentImage.Walk(Enumerable.Repeat((byte)0xFF, 256).ToArray()));

    [TestMethod]
    [DataRow(9, "MKX-IMAGE-042")]
    [DataRow(2000, "MKX-IMAGE-044")]
    public void Says_where_an_assembly_is_damaged(int at, string code)
    {
        var image = DeploymentImage.Build(SampleIdentity.TemplateNamed('A'), SampleIdentity.TemplateNamed('B'));
        image[4588 + at] ^= 1;
        Assert.Contains("0x11EC", Refusal.Expect(code, () => DeploymentImage.Walk(image)).Message);
    }

    [TestMethod]
    public void Refuses_an_assembly_cut_off_by_the_end_of_the_partition() =>
        Refusal.Expect("MKX-IMAGE-040", () => DeploymentImage.Walk(DeploymentImage.Build(SampleIdentity.TemplateNamed('A')).AsMemory(0, 4000)));

    [TestMethod]
    public void Refuses_bytes_behind_an_assembly() => Refusal.Expect("MKX-IMAGE-050", () => DeploymentImage.Build((byte[])[.. SampleIdentity.TemplateNamed('A'), 0]));

    [TestMethod]
    public void Refuses_two_assemblies_of_one_name() => Refusal.Expect("MKX-IMAGE-051", () => DeploymentImage.Build(SampleIdentity.TemplateNamed('A'), SampleIdentity.TemplateNamed('A')));

    [TestMethod]
    public void Refuses_an_empty_deployment() => Refusal.Expect("MKX-IMAGE-052", () => DeploymentImage.Build());

    [TestMethod]
    public void Refuses_a_damaged_assembly() => Refusal.Expect("MKX-IMAGE-040", () => DeploymentImage.Build(new byte[] { 1, 2, 3 }));
}
