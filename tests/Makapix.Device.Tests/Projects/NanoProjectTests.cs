using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Projects;

/// <summary>A .nfproj knows no wildcards, and nothing here builds it: a file that it forgets would only be missed in Visual Studio.</summary>
[TestClass]
public sealed class NanoProjectTests
{
    private static readonly string Firmware = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../firmware"));

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Lists_exactly_the_sources_on_disk(string name)
    {
        string folder = Path.Combine(Firmware, name);
        string[] onDisk = [.. Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
            .Where(f => !f.StartsWith("bin/", StringComparison.Ordinal) && !f.StartsWith("obj/", StringComparison.Ordinal))];

        CollectionAssert.AreEquivalent(onDisk, Items(Load(name), "Compile").Select(i => i.Replace('\\', '/')).ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Its_packages_are_the_pinned_ones_and_all_that_it_references(string name)
    {
        XElement project = Load(name);
        Dictionary<string, string> pins = XElement.Load(Path.Combine(Firmware, "../nf.props")).Descendants()
            .Where(e => e.Name.LocalName.StartsWith("Nano", StringComparison.Ordinal)).ToDictionary(e => $"$({e.Name.LocalName})", e => e.Value);
        string[] hinted = [.. project.Descendants().Where(e => e.Name.LocalName == "HintPath").Select(e => e.Value.Replace("$(NanoPackages)", "", StringComparison.Ordinal).Split('\\')[0])];
        string[] resolved = [.. hinted.Select(h => pins.Aggregate(h, (text, pin) => text.Replace(pin.Key, pin.Value, StringComparison.Ordinal)))];
        string[] packages = [.. XElement.Load(Path.Combine(Firmware, name, "packages.config")).Elements().Select(p => $"{p.Attribute("id")!.Value}.{p.Attribute("version")!.Value}")];

        Assert.IsNotEmpty(resolved);
        CollectionAssert.AreEquivalent(packages, resolved);
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Visual_Studio_finds_it_in_the_solution(string name)
    {
        string solution = File.ReadAllText(Path.Combine(Firmware, "../Makapix.Device.sln"));
        string guid = Load(name).Descendants().Single(e => e.Name.LocalName == "ProjectGuid").Value;

        Assert.Contains($"Project(\"{{11A8DD76-328B-46DF-9F39-F559912D0360}}\") = \"{name}\", \"firmware\\{name}\\{name}.nfproj\", \"{guid}\"", solution);
        Assert.Contains($"{guid}.Release|Any CPU.Build.0 = Release|Any CPU", solution);
        Assert.DoesNotContain("nfproj", File.ReadAllText(Path.Combine(Firmware, "../Makapix.Desktop.slnf")));
    }

    [TestMethod]
    [DataRow("Makapix.Mqtt", "")]
    [DataRow("Makapix.Device.Identity", "")]
    [DataRow("Makapix.Device", "Makapix.Mqtt")]
    [DataRow("Makapix.Device.App", "Makapix.Device Makapix.Device.Identity Makapix.Mqtt")]
    public void Dependencies_point_one_way(string name, string expected)
    {
        string[] references = [.. Items(Load(name), "ProjectReference").Select(r => r.Split('\\')[1]).Order(StringComparer.Ordinal)];

        Assert.AreEqual(expected, string.Join(' ', references));
    }

    [TestMethod]
    public void The_core_references_no_hardware()
    {
        string[] references = [.. Items(Load("Makapix.Device"), "Reference")];

        CollectionAssert.AreEquivalent(new[] { "mscorlib", "nanoFramework.System.Text" }, references);
    }

    public static IEnumerable<object[]> Projects() =>
        Directory.GetFiles(Firmware, "*.nfproj", SearchOption.AllDirectories).Select(f => new object[] { Path.GetFileNameWithoutExtension(f) });

    private static XElement Load(string name) => XElement.Load(Path.Combine(Firmware, name, name + ".nfproj"));

    private static IEnumerable<string> Items(XElement project, string item) =>
        project.Descendants().Where(e => e.Name.LocalName == item).Select(e => e.Attribute("Include")?.Value).OfType<string>();

    private static string Here([CallerFilePath] string here = "") => here;
}
