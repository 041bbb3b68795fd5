using System;
using System.IO;
using System.Text.Json.Nodes;
using Makapix.Provisioning.Images;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images;

[TestClass]
public sealed class BundleBuilderTests
{
    private readonly Scratch _scratch = new();

    public BundleBuilderTests()
    {
        DemoBundle.Create(Source, secureBoot: true);
        File.Delete(Path.Combine(Source, "bundle.json"));
        File.WriteAllBytes(Path.Combine(Source, "Some.pe"), SampleIdentity.TemplateNamed('S'));
        File.WriteAllBytes(Path.Combine(Source, "Zome.pe"), SampleIdentity.TemplateNamed('Z'));
        Write(_ => { });
    }

    private string Source => _scratch.At("build");

    private string Target => _scratch.At("bundle");

    [TestCleanup]
    public void CleanUp() => _scratch.Dispose();

    [TestMethod]
    public void Bundle_has_what_the_build_says_in_its_order_and_can_be_loaded()
    {
        var made = BundleBuilder.Create(Source, Target);
        var bundle = FirmwareBundle.Load(Target);
        Assert.AreEqual("1.2.3", bundle.FirmwareVersion);
        Assert.AreEqual(new NanoClrBuild(true, true, false), bundle.NanoClrBuild);
        Assert.IsNull(bundle.SigningKeyDigest);
        Assert.IsTrue(made.IsStandIn && bundle.IsStandIn);
        CollectionAssert.AreEqual(new uint[] { 0x1000, 0x8000, 0x10000, 0x1E0000 }, Array.ConvertAll([.. bundle.Layout], area => area.Address));
        using var identity = SampleIdentity.Create();
        var names = DeploymentImage.Walk(bundle.BuildImages(identity.Encode())[3].Bytes);
        CollectionAssert.AreEqual(new[] { "Zakapix.Device.Identity", "Sakapix.Device.Identity", "Makapix.Device.Identity" }, Array.ConvertAll([.. names], found => found.Pe.Name));
    }

    [TestMethod]
    [DataRow("MKX-IMAGE-111", "bootloader", null, DisplayName = "field missing")]
    [DataRow("MKX-IMAGE-111", "surprise", "1", DisplayName = "field unknown")]
    [DataRow("MKX-IMAGE-111", "assemblies", "\"Some.pe\"", DisplayName = "field of another type")]
    [DataRow("MKX-IMAGE-092", "chip", "\"esp8266\"")]
    [DataRow("MKX-IMAGE-092", "flashSize", "1")]
    [DataRow("MKX-IMAGE-092", "firmwareVersion", "\"one\"")]
    [DataRow("MKX-IMAGE-092", "partitionTableOffset", "1")]
    [DataRow("MKX-IMAGE-093", "bootloader", "\"../../secret\"", DisplayName = "file outside of the folder")]
    [DataRow("MKX-IMAGE-093", "assemblies", "[\"/etc/passwd\"]", DisplayName = "file anywhere")]
    [DataRow("MKX-IMAGE-094", "nanoClr", "\"nothing.bin\"", DisplayName = "file that is missing")]
    [DataRow("MKX-IMAGE-018", "partitionTableOffset", "53248", DisplayName = "table in a partition")]
    [DataRow("MKX-IMAGE-031", "bootloader", "\"partitions.csv\"", DisplayName = "table for a bootloader")]
    [DataRow("MKX-IMAGE-112", "standIn", "false", DisplayName = "stand-in that is called real")]
    public void Build_that_would_not_start_is_refused_and_nothing_is_made(string code, string field, string? value)
    {
        Write(build =>
        {
            build.Remove(field);
            if (value is not null)
            {
                build[field] = JsonNode.Parse(value);
            }
        });
        Refusal.Expect(code, () => BundleBuilder.Create(Source, Target));
        Assert.IsFalse(Path.Exists(Target));
    }

    [TestMethod]
    public void Folder_that_holds_no_build_or_one_that_is_not_empty_is_refused()
    {
        Refusal.Expect("MKX-IMAGE-099", () => BundleBuilder.Create(Source, Source));
        File.Delete(Path.Combine(Source, "build.json"));
        Refusal.Expect("MKX-IMAGE-110", () => BundleBuilder.Create(Source, Target));
        Refusal.Expect("MKX-IMAGE-110", () => BundleBuilder.Create(_scratch.At("nowhere"), Target));
    }

    private void Write(Action<JsonObject> change)
    {
        var build = new JsonObject
        {
            ["standIn"] = true,
            ["firmwareVersion"] = "1.2.3",
            ["chip"] = "esp32",
            ["flashSize"] = 4 << 20,
            ["nanoClrBuild"] = new JsonObject { ["secureBoot"] = true, ["flashEncryptionRelease"] = true, ["wireProtocol"] = false },
            ["bootloader"] = "bootloader.bin",
            ["partitionTable"] = "partitions.csv",
            ["partitionTableOffset"] = 0x8000,
            ["nanoClr"] = "nanoCLR.bin",
            ["assemblies"] = new JsonArray("Zome.pe", "Some.pe"),
            ["identityTemplate"] = "Makapix.Device.Identity.pe",
        };
        change(build);
        File.WriteAllText(Path.Combine(Source, "build.json"), build.ToJsonString());
    }
}
