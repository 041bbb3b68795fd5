using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Makapix.Provisioning.Images;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images;

[TestClass]
public sealed class FirmwareBundleTests
{
    [TestMethod]
    public void Builds_the_images_of_a_device()
    {
        using var scratch = new Scratch();
        DemoBundle.Create(scratch.At("bundle"));
        var bundle = FirmwareBundle.Load(scratch.At("bundle"));
        using var identity = SampleIdentity.Create();
        var blob = identity.Encode();

        var images = bundle.BuildImages(blob);

        CollectionAssert.AreEqual(new uint[] { 0x1000, 0x8000, 0x10000, 0x1E0000 }, images.Select(image => image.Address).ToArray());
        Assert.IsTrue(images.All(image => image.Bytes.Length % 32 == 0));
        EspImage.Parse(images[0].Bytes, "bootloader");
        Assert.HasCount(6, PartitionTable.Parse(images[1].Bytes).Entries);
        EspImage.Parse(images[2].Bytes, "nanoCLR");
        CollectionAssert.AreEqual(blob, IdentityTemplate.Read(DeploymentImage.Walk(images[3].Bytes).Single().Bytes.Span));

        images[3].Dispose();
        Assert.IsTrue(images[3].Bytes.All(value => value == 0));
    }

    [TestMethod]
    public void Puts_assemblies_in_front_of_the_identity_in_load_order()
    {
        using var scratch = new Scratch();
        var (a, b) = (SampleIdentity.TemplateNamed('A'), SampleIdentity.TemplateNamed('B'));
        Change(scratch, manifest => manifest["assemblies"] = new JsonArray(Entry("b.pe", b), Entry("a.pe", a)), ("a.pe", a), ("b.pe", b));
        using var identity = SampleIdentity.Create();
        CollectionAssert.AreEqual(
            new[] { "Bakapix.Device.Identity", "Aakapix.Device.Identity", "Makapix.Device.Identity" },
            DeploymentImage.Walk(FirmwareBundle.Load(scratch.Root).BuildImages(identity.Encode())[3].Bytes).Select(found => found.Pe.Name).ToArray());
    }

    [TestMethod]
    public void A_demo_bundle_says_that_it_is_a_stand_in_inside_and_outside()
    {
        using var scratch = new Scratch();
        DemoBundle.Create(scratch.At("bundle"));
        Assert.IsTrue(FirmwareBundle.Load(scratch.At("bundle")).IsStandIn);
        foreach (var name in new[] { "bootloader.bin", "nanoCLR.bin" })
        {
            Assert.IsGreaterThan(0, File.ReadAllBytes(Path.Combine(scratch.At("bundle"), name)).AsSpan().IndexOf("STAND-IN"u8));
        }

        Assert.IsGreaterThanOrEqualTo(1 << 20, new FileInfo(Path.Combine(scratch.At("bundle"), "nanoCLR.bin")).Length);
        Assert.AreEqual(new NanoClrBuild(false, true, false), FirmwareBundle.Load(scratch.At("bundle")).NanoClrBuild);
    }

    [TestMethod]
    public void A_demo_bundle_is_the_same_every_time()
    {
        using var scratch = new Scratch();
        DemoBundle.Create(scratch.At("a"));
        DemoBundle.Create(scratch.At("b"));
        foreach (var file in Directory.GetFiles(scratch.At("a")))
        {
            CollectionAssert.AreEqual(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(scratch.At("b"), Path.GetFileName(file))));
        }
    }

    [TestMethod]
    public void A_demo_bundle_overwrites_nothing()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("precious", [1]);
        Refusal.Expect("MKX-IMAGE-099", () => DemoBundle.Create(scratch.Root));
        Refusal.Expect("MKX-IMAGE-099", () => DemoBundle.Create(file));
        Assert.HasCount(1, Directory.GetFiles(scratch.Root));
    }

    [TestMethod]
    public void Refuses_a_folder_without_manifest()
    {
        using var scratch = new Scratch();
        Refusal.Expect("MKX-IMAGE-090", () => FirmwareBundle.Load(scratch.Root));
        Refusal.Expect("MKX-IMAGE-090", () => FirmwareBundle.Load(scratch.At("nowhere")));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("{\"format\": 1")]
    [DataRow("\u0001")]
    public void Refuses_a_manifest_that_is_no_JSON_object_of_ours(string json)
    {
        using var scratch = new Scratch();
        scratch.Write("bundle.json", Encoding.UTF8.GetBytes(json));
        Refusal.Expect("MKX-IMAGE-091", () => FirmwareBundle.Load(scratch.Root));
    }

    [TestMethod]
    public void Refuses_a_repeated_field_a_deep_nest_and_a_huge_manifest()
    {
        using var scratch = new Scratch();
        DemoBundle.Create(scratch.At("bundle"));
        var json = File.ReadAllText(Path.Combine(scratch.At("bundle"), "bundle.json"));
        foreach (var hostile in new[]
        {
            json.Replace("\"format\": 1,", "\"format\": 1, \"format\": 1,", StringComparison.Ordinal),
            json.Replace("\"assemblies\": []", $"\"assemblies\": {new string('[', 1000)}{new string(']', 1000)}", StringComparison.Ordinal),
            json + new string(' ', 70_000),
        })
        {
            File.WriteAllText(Path.Combine(scratch.At("bundle"), "bundle.json"), hostile);
            Refusal.Expect("MKX-IMAGE-091", () => FirmwareBundle.Load(scratch.At("bundle")));
        }
    }

    // The published schema and the loader must say the same: each field the schema demands is demanded, none besides it is taken.
    [TestMethod]
    public void Demands_every_field_that_the_schema_demands_and_takes_no_other()
    {
        var schema = JsonNode.Parse(ImageResource.Read(ImageResource.BundleSchema))!;
        using var scratch = new Scratch();
        DemoBundle.Create(scratch.At("bundle"));
        var path = Path.Combine(scratch.At("bundle"), "bundle.json");
        var original = File.ReadAllText(path);
        var checkedObjects = 0;
        foreach (var (pointer, definition) in new (string[], JsonNode)[]
        {
            ([], schema),
            (["nanoClrBuild"], schema["properties"]!["nanoClrBuild"]!),
            (["bootloader"], schema["$defs"]!["placedFile"]!),
            (["partitionTable"], schema["$defs"]!["placedFile"]!),
            (["nanoClr"], schema["$defs"]!["placedFile"]!),
            (["identityTemplate"], schema["$defs"]!["file"]!),
        })
        {
            Assert.IsFalse((bool)definition["additionalProperties"]!);
            var fields = At(JsonNode.Parse(original)!, pointer).Select(field => field.Key).Order().ToArray();
            CollectionAssert.AreEqual(definition["properties"]!.AsObject().Select(property => property.Key).Order().ToArray(), fields);

            Reject(manifest => At(manifest, pointer)["surprise"] = 1);
            foreach (var required in definition["required"]!.AsArray().Select(name => (string)name!))
            {
                Reject(manifest => At(manifest, pointer).Remove(required));
                Reject(manifest => At(manifest, pointer)[required] = null);
                Reject(manifest => At(manifest, pointer)[required] = new JsonObject());
                checkedObjects++;
            }
        }

        Assert.AreEqual(11 + 3 + (3 * 3) + 2, checkedObjects);

        void Reject(Action<JsonNode> change)
        {
            var manifest = JsonNode.Parse(original)!;
            change(manifest);
            File.WriteAllText(path, manifest.ToJsonString());
            Refusal.Expect("MKX-IMAGE-091", () => FirmwareBundle.Load(scratch.At("bundle")), manifest.ToJsonString());
        }
    }

    [TestMethod]
    [DataRow("format", "2")]
    [DataRow("chip", "\"esp32s2\"")]
    [DataRow("chip", "\"ESP32\"")]
    [DataRow("flashSize", "4194305")]
    [DataRow("flashSize", "0")]
    [DataRow("flashSize", "33554432")]
    [DataRow("firmwareVersion", "\"1.0\"")]
    [DataRow("firmwareVersion", "\"1.0.0\\n\"")]
    [DataRow("assemblies", "[null]")]
    public void Refuses_a_value_that_the_schema_does_not_allow(string field, string value)
    {
        using var scratch = new Scratch();
        Change(scratch, manifest => manifest[field] = JsonNode.Parse(value));
        Refusal.Expect("MKX-IMAGE-092", () => FirmwareBundle.Load(scratch.Root));
    }

    [TestMethod]
    [DataRow("offset", "0")]
    [DataRow("offset", "65537")]
    [DataRow("offset", "4194304")]
    [DataRow("sha256", "\"00\"")]
    public void Refuses_a_place_or_hash_that_cannot_be(string field, string value)
    {
        using var scratch = new Scratch();
        Change(scratch, manifest => manifest["nanoClr"]![field] = JsonNode.Parse(value));
        Refusal.Expect("MKX-IMAGE-092", () => FirmwareBundle.Load(scratch.Root));
    }

    [TestMethod]
    [DataRow("../bootloader.bin")]
    [DataRow("/etc/passwd")]
    [DataRow("sub/bootloader.bin")]
    [DataRow("sub\\bootloader.bin")]
    [DataRow("C:bootloader.bin")]
    [DataRow("..")]
    [DataRow(".hidden")]
    [DataRow("")]
    [DataRow("nul\0")]
    public void Refuses_a_file_that_lies_elsewhere(string name)
    {
        using var scratch = new Scratch();
        Change(scratch, manifest => manifest["bootloader"]!["file"] = name);
        Refusal.Expect("MKX-IMAGE-093", () => FirmwareBundle.Load(scratch.Root));
    }

    [TestMethod]
    [DataRow("bootloader.bin")]
    [DataRow("partitions.csv")]
    [DataRow("nanoCLR.bin")]
    [DataRow("Makapix.Device.Identity.pe")]
    public void Refuses_a_file_that_is_missing_empty_too_big_or_changed(string name)
    {
        using var scratch = new Scratch();
        DemoBundle.Create(scratch.At("bundle"));
        var path = Path.Combine(scratch.At("bundle"), name);
        var content = File.ReadAllBytes(path);

        content[^1] ^= 1;
        File.WriteAllBytes(path, content);
        Refusal.Expect("MKX-IMAGE-095", () => FirmwareBundle.Load(scratch.At("bundle")));
        File.WriteAllBytes(path, []);
        Refusal.Expect("MKX-IMAGE-094", () => FirmwareBundle.Load(scratch.At("bundle")));
        File.WriteAllBytes(path, new byte[(4 << 20) + 1]);
        Refusal.Expect("MKX-IMAGE-094", () => FirmwareBundle.Load(scratch.At("bundle")));
        File.Delete(path);
        Refusal.Expect("MKX-IMAGE-094", () => FirmwareBundle.Load(scratch.At("bundle")));
    }

    // Right hashes over wrong contents: what a careless build makes.
    [TestMethod]
    [DynamicData(nameof(BadContents))]
    public void Refuses_contents_that_would_not_start(string what, string code, string field, byte[] content)
    {
        using var scratch = new Scratch();
        Change(scratch, manifest => (manifest[field]!["file"], manifest[field]!["sha256"]) = ("changed", Hash(content)), ("changed", content));
        Refusal.Expect(code, () => FirmwareBundle.Load(scratch.Root), what);
    }

    public static IEnumerable<object[]> BadContents()
    {
        var csv = Encoding.UTF8.GetString(ImageResource.Read(ImageResource.PartitionTable));
        object[] Table(string what, string code, string from, string to) =>
            [what, code, "partitionTable", Encoding.UTF8.GetBytes(csv.Contains(from) ? csv.Replace(from, to, StringComparison.Ordinal) : throw new InvalidOperationException(from))];

        yield return ["bootloader is no image", "MKX-IMAGE-031", "bootloader", new byte[64]];
        yield return ["nanoCLR is no image", "MKX-IMAGE-031", "nanoClr", new byte[64]];
        yield return ["bootloader reaches into the table", "MKX-IMAGE-096", "bootloader", Esp(0x7000)];
        yield return ["nanoCLR is bigger than its partition", "MKX-IMAGE-096", "nanoClr", Esp(0x1D0000)];
        yield return ["template is filled", "MKX-IMAGE-083", "identityTemplate", Filled()];
        yield return ["template is another assembly", "MKX-IMAGE-080", "identityTemplate", SampleIdentity.TemplateNamed('X')];
        yield return ["table is no table", "MKX-IMAGE-029", "partitionTable", "#"u8.ToArray()];
        yield return Table("no factory partition", "MKX-IMAGE-096", "factory,  app,  factory,", "factory,  app,  test,");
        yield return Table("table for a bigger flash", "MKX-IMAGE-022", "0x3C0000, 0x40000,", "0x3C0000, 0x400000,");
        yield return Table("deploy is not encrypted", "MKX-IMAGE-097", "0x1C0000, encrypted", "0x1C0000,");
        yield return Table("config is not encrypted", "MKX-IMAGE-097", "0x40000,  encrypted", "0x40000,");
        yield return Table("no nvs_keys", "MKX-IMAGE-097", "data, nvs_keys,", "data, fat,");
        yield return Table("no deploy", "MKX-IMAGE-097", "0x84", "0x85");
    }

    [TestMethod]
    public void Refuses_a_deployment_that_does_not_fit()
    {
        using var scratch = new Scratch();
        var small = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(ImageResource.Read(ImageResource.PartitionTable)).Replace("0x1C0000,", "0x1000,", StringComparison.Ordinal));
        Change(scratch, manifest => manifest["partitionTable"]!["sha256"] = Hash(small), ("partitions.csv", small));
        using var identity = SampleIdentity.Create();
        Refusal.Expect("MKX-IMAGE-096", () => FirmwareBundle.Load(scratch.Root).BuildImages(identity.Encode()));
    }

    private static void Change(Scratch scratch, Action<JsonNode> change, params (string Name, byte[] Content)[] files)
    {
        DemoBundle.Create(scratch.Root);
        var manifest = JsonNode.Parse(File.ReadAllText(scratch.At("bundle.json")))!;
        change(manifest);
        File.WriteAllText(scratch.At("bundle.json"), manifest.ToJsonString());
        foreach (var (name, content) in files)
        {
            scratch.Write(name, content);
        }
    }

    private static JsonObject At(JsonNode node, string[] path) => path.Aggregate(node, (at, name) => at[name]!).AsObject();

    private static JsonObject Entry(string name, byte[] content) => new() { ["file"] = name, ["sha256"] = Hash(content) };

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Esp(int length) => EspImage.Write(0x40080000, [new EspImageSegment(0x40080000, new byte[length])]);

    private static byte[] Filled()
    {
        using var identity = SampleIdentity.Create();
        return IdentityTemplate.Fill(SampleIdentity.Template(), identity.Encode());
    }
}
