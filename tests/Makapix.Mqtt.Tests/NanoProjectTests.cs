using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Mqtt.Tests;

/// <summary>What Visual Studio would only tell on a machine with the nanoFramework extension: a .nfproj names each source, and package versions agree.</summary>
[TestClass]
public sealed class NanoProjectTests
{
    private static readonly string Root = FindRoot();

    public static IEnumerable<object[]> Projects() =>
        Directory.GetFiles(Path.Combine(Root, "firmware"), "*.nfproj", SearchOption.AllDirectories).Select(path => new object[] { Path.GetRelativePath(Root, path) });

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void ItsCompileItemsAreTheSourcesOfItsFolder(string project)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Root, project))!;
        IEnumerable<string> listed = Elements(Path.Combine(Root, project), "Compile").Select(e => e.Attribute("Include")!.Value.Replace('\\', '/'));
        IEnumerable<string> there = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Where(path => path.Split('/')[0] is not ("bin" or "obj"));
        CollectionAssert.AreEquivalent(there.ToArray(), listed.Where(path => !path.StartsWith("../", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void ItsPackagesHaveTheVersionsOfNfProps(string project)
    {
        Dictionary<string, string> versions = Elements(Path.Combine(Root, "nf.props"), "PropertyGroup").Elements()
            .GroupBy(e => e.Name.LocalName).ToDictionary(g => g.Key, g => g.Last().Value);
        List<XElement> packages = [.. Elements(Path.Combine(Root, Path.GetDirectoryName(project)!, "packages.config"), "package")];
        Assert.IsNotEmpty(packages);
        foreach (XElement package in packages)
        {
            string property = "Nano" + package.Attribute("id")!.Value["nanoFramework.".Length..].Replace(".", "", StringComparison.Ordinal);
            Assert.AreEqual(versions.GetValueOrDefault(property), package.Attribute("version")!.Value, property);
        }
    }

    private static IEnumerable<XElement> Elements(string path, string name) => XDocument.Load(path).Descendants().Where(e => e.Name.LocalName == name);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "nf.props")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("nf.props is not above the tests");
    }
}
