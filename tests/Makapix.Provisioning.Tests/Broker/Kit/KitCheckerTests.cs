using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Kit;

/// <summary>Every file of a kit, held against the program that will read it.</summary>
[TestClass]
public sealed partial class KitCheckerTests
{
    // systemd's own scale: below 2 is "OK"; a service without any of it has 9.6.
    private const double MostExposed = 1.5;

    private static readonly string[] Shapes = ["one broker", "three brokers and a tunnel", "a cluster", "IPv6 alone", "nothing known", "as many NATs as there may be", "the highest limits", "browsers"];

    public static System.Collections.Generic.IEnumerable<object[]> AllShapes => Shapes.Select(shape => new object[] { shape });

    [TestMethod]
    [DynamicData(nameof(AllShapes))]
    public async Task The_front_is_one_that_haproxy_takes(string shape) => await TakesAsync(shape, "haproxy.cfg", "haproxy", "-c", "-f");

    [TestMethod]
    [DynamicData(nameof(AllShapes))]
    public async Task The_packet_filter_is_one_that_nft_takes(string shape)
    {
        // nft asks the kernel, which answers root alone: in a namespace of its own, everybody is.
        string[] words = Environment.IsPrivilegedProcess ? ["nft", "-c", "-f"] : ["unshare", "--map-root-user", "--net", "nft", "-c", "-f"];
        await TakesAsync(shape, "makapix-broker.nft", words[0], words[1..]);
    }

    [TestMethod]
    [DynamicData(nameof(AllShapes))]
    public async Task The_profile_is_one_that_apparmor_takes(string shape) => await TakesAsync(shape, "apparmor", "apparmor_parser", "-Q", "-K");

    [TestMethod]
    public async Task The_unit_is_one_that_systemd_takes_and_finds_closed()
    {
        using var bench = Shaped("one broker");
        bench.Description["account"] = "daemon";
        bench.Write();
        var unit = Path.Combine(bench.Out, "makapix-broker@.service");
        var verified = await KitTool.RunAsync("systemd-analyze", "verify", unit);
        Assert.AreEqual((0, ""), verified);
        var security = await KitTool.RunAsync("systemd-analyze", "security", "--offline=true", unit);
        var level = Exposure().Match(security.Text);
        Assert.IsTrue(level.Success, security.Text);
        Assert.IsLessThanOrEqualTo(MostExposed, double.Parse(level.Groups[1].Value, CultureInfo.InvariantCulture), security.Text);
    }

    [TestMethod]
    public async Task The_unit_of_the_entry_for_browsers_is_one_that_systemd_takes_and_finds_closed()
    {
        using var bench = Shaped("browsers");
        bench.Description["account"] = "daemon";
        bench.Write();

        // The program is not installed where this is tested.
        var unit = Path.Combine(bench.Out, "makapix-web.service");
        File.WriteAllText(unit, bench.Read("makapix-web.service").Replace("/usr/local/bin/makapix", "/bin/true", StringComparison.Ordinal));
        Assert.AreEqual((0, ""), await KitTool.RunAsync("systemd-analyze", "verify", unit));
        var security = await KitTool.RunAsync("systemd-analyze", "security", "--offline=true", unit);
        Assert.IsLessThanOrEqualTo(2.0, double.Parse(Exposure().Match(security.Text).Groups[1].Value, CultureInfo.InvariantCulture), security.Text);
    }

    private static async Task TakesAsync(string shape, string file, string program, params string[] arguments)
    {
        using var bench = Shaped(shape);
        bench.Write();
        var (exit, text) = await KitTool.RunAsync(program, [.. arguments, Path.Combine(bench.Out, file)]);
        Assert.AreEqual(0, exit, text);
    }

    // In its own home: HAProxy looks at the website's certificate.
    private static KitBench Browsers()
    {
        var bench = new KitBench("localhost");
        bench.AddWeb();
        bench.Description["home"] = bench.Home;
        return bench;
    }

    private static KitBench Shaped(string shape)
    {
        var bench = shape == "browsers" ? Browsers() : new KitBench();
        var description = bench.Description;
        switch (shape)
        {
            case "three brokers and a tunnel":
                description["brokers"] = Brokers();
                description["fronts"] = new JsonArray("10.77.0.9", "10.77.0.10");
                description["overlay"] = new JsonObject
                {
                    ["broker"] = Peer("10.77.0.1"), ["service"] = Peer("10.77.0.2"), ["endpoint"] = "vpn.example.org", ["port"] = 51820,
                };
                break;
            case "a cluster":
                description["brokers"] = Brokers();
                description["fronts"] = new JsonArray("10.77.0.3");
                description["clustered"] = true;
                break;
            case "IPv6 alone":
                description["listen"] = new JsonArray("2001:db8::1");
                description["brokers"] = new JsonArray(Broker("a", "::1", 8884));
                description["knownNats"] = new JsonArray("2001:db8:2::/48");
                description["management"] = new JsonArray("2001:db8:1::/48");
                break;
            case "as many NATs as there may be":
                description["knownNats"] = new JsonArray([.. Enumerable.Range(0, 256).Select(number => (JsonNode)$"2001:db8:{0x1000 + number:x}:ffff:ffff:ffff:ffff:fff0/124")]);
                break;
            case "the highest limits":
                description["limits"] = JsonNode.Parse("""{"connections":60000,"connectionsPerAddress":1,"ratePerAddress":60000,"connectionsPerNat":60000,"packetBytes":16777216,"queuedBytes":16777216,"kilobytesPerAddress":65536}""");
                break;
            case "nothing known":
                description.Remove("knownNats");
                break;
            default:
                break;
        }

        return bench;
    }

    private static JsonArray Brokers() => new(Broker("a", "127.0.0.1", 8884), Broker("b", "10.77.0.3", 8884), Broker("c", "::1", 8885));

    private static JsonObject Broker(string name, string address, int port) => new() { ["name"] = name, ["address"] = address, ["port"] = port };

    private static JsonObject Peer(string address) => new() { ["address"] = address, ["publicKey"] = Convert.ToBase64String(new byte[32]) };

    [GeneratedRegex(@"exposure level for \S+: ([0-9.]+)")]
    private static partial Regex Exposure();
}
