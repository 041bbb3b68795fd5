using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Architecture;

/// <summary>The arrows: App/Host → device core → Mqtt; Cli → Provisioning → Mqtt.Desktop; the core knows no platform.</summary>
[TestClass]
public sealed class DependencyTests
{
    // Who may name whom. A project that is not here is a decision that nobody took yet.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Makapix.Mqtt"] = [],
        ["Makapix.Mqtt.Desktop"] = [],
        ["Makapix.Device"] = ["Makapix.Mqtt"],
        ["Makapix.Device.Identity"] = [],
        ["Makapix.Device.App"] = ["Makapix.Device", "Makapix.Device.Identity", "Makapix.Mqtt"],
        ["Makapix.Device.Host"] = ["Makapix.Mqtt.Desktop"],
        ["Makapix.Provisioning"] = ["Makapix.Mqtt.Desktop"],
        ["Makapix.VirtualEsp32"] = ["Makapix.Provisioning"],
        ["Makapix.Cli"] = ["Makapix.Provisioning", "Makapix.VirtualEsp32", "Makapix.Device.Host"],
        ["Makapix.Testing"] = ["Makapix.Mqtt.Desktop"],
        ["Makapix.Mqtt.Tests"] = ["Makapix.Mqtt.Desktop", "Makapix.Testing"],
        ["Makapix.Footprint"] = ["Makapix.Device.Host", "Makapix.Testing"],
        ["Makapix.Conformance"] = ["Makapix.Device.Host"],
        ["Makapix.Device.Tests"] = ["Makapix.Device.Host", "Makapix.Conformance", "Makapix.Footprint", "Makapix.Testing"],
        ["Makapix.Device.NanoTests"] = ["Makapix.Device", "Makapix.Device.Identity", "Makapix.Mqtt"],
        ["Makapix.LedgerWriter"] = ["Makapix.Provisioning"],
        ["Makapix.PowerCuts"] = ["Makapix.Provisioning", "Makapix.VirtualEsp32"],
        ["Makapix.Provisioning.Tests"] = ["Makapix.Provisioning", "Makapix.VirtualEsp32", "Makapix.Testing", "Makapix.LedgerWriter", "Makapix.PowerCuts"],
        ["Makapix.VirtualEsp32.Tests"] = ["Makapix.VirtualEsp32", "Makapix.Cli"],
        ["Makapix.EndToEnd.Tests"] = ["Makapix.Cli", "Makapix.Testing"],
        ["Makapix.Benchmarks"] = ["Makapix.Provisioning", "Makapix.VirtualEsp32", "Makapix.Conformance", "Makapix.Footprint", "Makapix.PowerCuts"],
    };

    // What compiles sources of another project, instead of naming it: the device's code on a PC.
    private static readonly Dictionary<string, string[]> SharedSources = new()
    {
        ["Makapix.Mqtt.Desktop"] = ["../Makapix.Mqtt/"],
        ["Makapix.Device.Host"] = ["../Makapix.Device/"],
        ["Makapix.Device.Tests"] = ["../../firmware/Makapix.Device.Identity/", "../Makapix.Device.NanoTests/"],
    };

    public static IEnumerable<object[]> Projects =>
        Repository.ProjectFiles(".csproj").Concat(Repository.ProjectFiles(".nfproj")).Select(path => new object[] { Path.GetRelativePath(Repository.Root, path) });

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void No_project_depends_against_the_arrows(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.IsTrue(Allowed.TryGetValue(name, out var allowed), $"{name} has no place in the architecture yet");
        var named = Items(project, "ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/'))).ToArray();
        Assert.IsEmpty(named.Except(allowed!), $"{name} may not name {string.Join(", ", named.Except(allowed!))}");
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Sources_of_another_folder_are_compiled_only_where_the_device_runs_on_a_PC(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        foreach (var include in Items(project, "Compile").Select(include => include.Replace('\\', '/')).Where(include => include.StartsWith("..", StringComparison.Ordinal)))
        {
            Assert.IsTrue(SharedSources.TryGetValue(name, out var folders) && folders.Any(folder => include.StartsWith(folder, StringComparison.Ordinal)), $"{name} compiles {include}");
        }
    }

    [TestMethod]
    public void The_core_and_the_engine_know_no_socket_file_or_thread()
    {
        foreach (var folder in (string[])["firmware/Makapix.Mqtt", "firmware/Makapix.Device"])
        {
            foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories).Where(IsSource))
            {
                var text = File.ReadAllText(file);
                foreach (var forbidden in (string[])["using System.Net", "using System.IO", "using System.Device", "using nanoFramework", "DateTime.UtcNow", "new Thread("])
                {
                    Assert.DoesNotContain(forbidden, text, $"{Path.GetFileName(file)} has '{forbidden}'");
                }
            }
        }
    }

    [TestMethod]
    public void The_station_knows_of_the_firmware_no_more_than_MQTT() =>
        Assert.IsEmpty(Directory.GetFiles(Path.Combine(Repository.Root, "provisioning/Makapix.Provisioning"), "*.cs", SearchOption.AllDirectories)
            .Where(IsSource).Where(file => File.ReadAllText(file).Contains("using Makapix.Device", StringComparison.Ordinal)));

    private static bool IsSource(string path) =>
        !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        && !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static IEnumerable<string> Items(string project, string item) =>
        XDocument.Load(Path.Combine(Repository.Root, project)).Descendants().Where(e => e.Name.LocalName == item).Select(e => (string?)e.Attribute("Include")).OfType<string>();
}
