using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Projects;

/// <summary>A .nfproj knows no wildcards, and nothing here builds it: a file that it forgets would only be missed in Visual Studio.</summary>
[TestClass]
public sealed class NanoProjectTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Lists_exactly_the_sources_on_disk(string name)
    {
        string folder = Folder(name);
        string[] onDisk = [.. Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
            .Where(f => !f.EndsWith(".local.cs", StringComparison.Ordinal) && !f.StartsWith("bin/", StringComparison.Ordinal) && !f.StartsWith("obj/", StringComparison.Ordinal))];

        string[] listed = [.. Items(Load(name), "Compile").Where(i => !i.Contains('*', StringComparison.Ordinal)).Select(i => i.Replace('\\', '/'))];

        CollectionAssert.AreEquivalent(onDisk, listed);
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Its_packages_are_the_pinned_ones_and_all_that_it_references(string name)
    {
        XElement project = Load(name);
        Dictionary<string, string> pins = XElement.Load(Path.Combine(Root, "nf.props")).Descendants()
            .Where(e => e.Name.LocalName.StartsWith("Nano", StringComparison.Ordinal)).ToDictionary(e => $"$({e.Name.LocalName})", e => e.Value);
        string[] hinted = [.. project.Descendants().Where(e => e.Name.LocalName == "HintPath").Select(e => e.Value.Replace("$(NanoPackages)", "", StringComparison.Ordinal).Split('\\')[0])];
        string[] resolved = [.. hinted.Select(h => pins.Aggregate(h, (text, pin) => text.Replace(pin.Key, pin.Value, StringComparison.Ordinal))).Distinct()];
        string[] packages = [.. XElement.Load(Path.Combine(Folder(name), "packages.config")).Elements().Select(p => $"{p.Attribute("id")!.Value}.{p.Attribute("version")!.Value}")];

        Assert.IsNotEmpty(resolved);
        CollectionAssert.AreEquivalent(packages, resolved);
    }

    [TestMethod]
    public void Each_pinned_package_is_used()
    {
        string projects = string.Concat(Projects().Select(p => File.ReadAllText(Path.Combine(Folder((string)p[0]), p[0] + ".nfproj"))));
        string[] pins = [.. XElement.Load(Path.Combine(Root, "nf.props")).Descendants().Select(e => e.Name.LocalName).Where(n => n.StartsWith("Nano", StringComparison.Ordinal))];

        Assert.IsGreaterThan(10, pins.Length);
        Assert.IsEmpty(pins.Where(pin => !projects.Contains($"$({pin})", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Visual_Studio_finds_it_in_the_solution(string name)
    {
        string solution = File.ReadAllText(Path.Combine(Root, "Makapix.Device.sln"));
        string guid = Load(name).Descendants().Single(e => e.Name.LocalName == "ProjectGuid").Value;

        string folder = Path.GetRelativePath(Root, Folder(name)).Replace('/', '\\');
        Assert.Contains($"Project(\"{{11A8DD76-328B-46DF-9F39-F559912D0360}}\") = \"{name}\", \"{folder}\\{name}.nfproj\", \"{guid}\"", solution);
        Assert.Contains($"{guid}.Release|Any CPU.Build.0 = Release|Any CPU", solution);
        Assert.DoesNotContain("nfproj", File.ReadAllText(Path.Combine(Root, "Makapix.Desktop.slnf")));
    }

    [TestMethod]
    [DataRow("Makapix.Mqtt", "")]
    [DataRow("Makapix.Device.Identity", "")]
    [DataRow("Makapix.Device", "Makapix.Mqtt")]
    [DataRow("Makapix.Device.App", "Makapix.Device Makapix.Device.Identity Makapix.Mqtt")]
    [DataRow("Makapix.Device.NanoTests", "Makapix.Device Makapix.Device.Identity Makapix.Mqtt")]
    public void Dependencies_point_one_way(string name, string expected)
    {
        string[] references = [.. Items(Load(name), "ProjectReference").Select(r => r.Split('\\')[^2]).Order(StringComparer.Ordinal)];

        Assert.AreEqual(expected, string.Join(' ', references));
    }

    [TestMethod]
    public void The_core_references_no_hardware()
    {
        string[] references = [.. Items(Load("Makapix.Device"), "Reference")];

        CollectionAssert.AreEquivalent(new[] { "mscorlib", "nanoFramework.System.Text" }, references);
    }

    [TestMethod]
    public void A_developers_identity_is_in_no_release_build_and_in_no_commit()
    {
        XElement local = Load("Makapix.Device.Identity").Descendants().Single(e => e.Attribute("Include")?.Value == "*.local.cs");

        Assert.AreEqual("'$(Configuration)' == 'Debug'", local.Parent!.Attribute("Condition")?.Value);
        Assert.Contains("*.local.cs", File.ReadAllLines(Path.Combine(Root, ".gitignore")));
    }

    [TestMethod]
    public void Both_MQTT_clients_can_be_chosen_and_only_one_is_deployed()
    {
        XElement[] choices = [.. Load("Makapix.Device.App").Elements().Where(e => e.Attribute("Condition")?.Value == "'$(BrokerLink)' == 'M2Mqtt'")];

        string[] chosen = [.. choices.SelectMany(c => Items(c, "Compile").Concat(Items(c, "Reference"))).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(new[] { "M2MqttLink.cs", "M2MqttLinkFactory.cs", "nanoFramework.M2Mqtt", "nanoFramework.M2Mqtt.Core" }, chosen);
        Assert.AreEqual("$(DefineConstants);M2MQTT", choices.Descendants().Single(e => e.Name.LocalName == "DefineConstants").Value);
        Assert.AreEqual("Engine", XElement.Load(Path.Combine(Root, "nf.props")).Descendants().Single(e => e.Name.LocalName == "BrokerLink").Value);
    }

    /// <summary>nanoCLR's Directory.GetFiles lists no file that ends in .sys, and does not say so: looked for by it, a CA bundle in nanoCLR's store stays, and is trusted.</summary>
    [TestMethod]
    public void planted_CA_bundle_is_not_looked_for_by_the_one_call_that_hides_it()
    {
        string[] code = [.. Directory.GetFiles(Folder("Makapix.Device.App"), "*.cs").SelectMany(File.ReadLines).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))];

        Assert.IsTrue(code.Any(line => line.Contains("File.GetAttributes(", StringComparison.Ordinal)));
        Assert.IsEmpty(code.Where(line => line.Contains("Directory.Get", StringComparison.Ordinal)));
    }

    /// <summary>nanoFramework's launcher invokes a test without an object: a field of the test would be that of null.</summary>
    [TestMethod]
    public void Tests_that_a_device_runs_need_no_instance()
    {
        Type[] tests = [.. typeof(NanoTests.BackoffTests).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(NanoTests.BackoffTests).Namespace && t.GetCustomAttribute<TestClassAttribute>() is not null)];

        Assert.IsGreaterThan(8, tests.Length);
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        Assert.IsEmpty(tests.SelectMany(t => t.GetFields(Own)));
        Assert.IsEmpty(tests.SelectMany(t => t.GetMethods(Own)).Where(m => m.GetCustomAttribute<TestMethodAttribute>() is null || m.GetParameters().Length > 0));
    }

    [TestMethod]
    public void The_firmwares_version_is_that_of_the_repository_and_not_from_the_future()
    {
        string version = XElement.Load(Path.Combine(Root, "Directory.Build.props")).Descendants().Single(e => e.Name.LocalName == "Version").Value;

        Assert.AreEqual(FirmwareVersion.Text, version);
        Assert.IsLessThan(DateTimeOffset.UtcNow.ToUnixTimeSeconds(), FirmwareVersion.BuildTime);
    }

    public static IEnumerable<object[]> Projects() =>
        new[] { "firmware", "tests" }.SelectMany(f => Directory.GetFiles(Path.Combine(Root, f), "*.nfproj", SearchOption.AllDirectories))
            .Select(f => new object[] { Path.GetFileNameWithoutExtension(f) });

    private static string Folder(string name) =>
        new[] { "firmware", "tests" }.Select(f => Path.Combine(Root, f, name)).Single(f => File.Exists(Path.Combine(f, name + ".nfproj")));

    private static XElement Load(string name) => XElement.Load(Path.Combine(Folder(name), name + ".nfproj"));

    private static IEnumerable<string> Items(XElement project, string item) =>
        project.Descendants().Where(e => e.Name.LocalName == item).Select(e => e.Attribute("Include")?.Value).OfType<string>();

    private static string Here([CallerFilePath] string here = "") => here;
}
