using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Kit;

/// <summary>What a kit asks of the system that it is installed on, held against the system's own programs.</summary>
[TestClass]
public sealed partial class KitSystemTests
{
    // systemd's own scale. The distribution's unit alone has 9.6; the master stays root, and opens ports.
    private const double MostExposed = 2.6;

    [TestMethod]
    public async Task The_front_is_closed_by_what_is_added_to_the_distributions_unit()
    {
        using var bench = new KitBench();
        bench.Write();
        using var scratch = new Scratch();
        var unit = scratch.Write("haproxy.service", File.ReadAllText("/lib/systemd/system/haproxy.service"));
        File.WriteAllText(Path.Combine(scratch.Folder("haproxy.service.d"), "makapix.conf"), bench.Read("haproxy-sandbox.conf"));
        Assert.AreEqual((0, ""), await KitTool.RunAsync("systemd-analyze", "verify", unit));
        var security = await KitTool.RunAsync("systemd-analyze", "security", "--offline=true", unit);
        Assert.IsLessThanOrEqualTo(MostExposed, double.Parse(Exposure().Match(security.Text).Groups[1].Value, CultureInfo.InvariantCulture), security.Text);
    }

    [TestMethod]
    public async Task The_accounts_are_ones_that_systemd_makes()
    {
        using var bench = new KitBench("localhost");
        bench.AddWeb();
        bench.Description["account"] = "makapix-broker-of-a-test";
        bench.Write();
        using var scratch = new Scratch();
        scratch.Folder("etc");
        var file = Path.Combine(bench.Out, "sysusers.conf");
        var (exit, text) = await KitTool.RunAsync("systemd-sysusers", "--dry-run", $"--root={scratch.Root}", file);
        Assert.AreEqual(0, exit, text);
        Assert.Contains("Creating user 'makapix-broker-of-a-test'", text);
        Assert.Contains("Creating user 'makapix-web'", text);
    }

    [TestMethod]
    public async Task Every_setting_of_the_kernel_is_one_that_it_has()
    {
        using var bench = new KitBench();
        bench.Write();
        string[] files = [.. bench.Read("sysctl.conf").Split('\n').Where(line => line.Contains(" = ", StringComparison.Ordinal)).Select(line => $"/proc/sys/{line.Split(' ')[0].Replace('.', '/')}")];
        Assert.IsNotEmpty(files);

        // The table of connections is there once a packet filter asks for it.
        var (exit, text) = await KitTool.RunAsync("unshare", ["--map-root-user", "--net", "sh", "-euc", "nft -f \"$0\"; for file; do test -e \"$file\" || echo \"$file\"; done", Path.Combine(bench.Out, "makapix-broker.nft"), .. files]);
        Assert.AreEqual((0, ""), (exit, text));
    }

    [TestMethod]
    public void What_reads_the_web_is_not_what_the_brokers_key_belongs_to()
    {
        using var bench = new KitBench("localhost");
        bench.AddWeb();
        bench.Write();
        Assert.Contains("User=nobody\n", bench.Read("makapix-broker@.service"));
        var unit = bench.Read("makapix-web.service");
        Assert.Contains("User=makapix-web\n", unit);
        Assert.Contains("InaccessiblePaths=-/etc/makapix-broker/certs/broker.key\n", unit);

        // What the unit starts, somebody has installed.
        var program = ProgramOf().Match(unit).Groups[1].Value;
        Assert.Contains($" {program}`", bench.Read("README.md"));
    }

    [TestMethod]
    public void A_container_runs_as_the_account_whose_key_it_reads()
    {
        using var bench = new KitBench();
        bench.Write();
        Assert.Contains("USER ${UID}:${GID}\n", bench.Read("Containerfile"));
        Assert.Contains("user: ${BROKER_UID}:${BROKER_GID}\n", bench.Read("compose.yaml"));
        Assert.Contains("$(id -u nobody)", bench.Read("README.md"));
        Assert.Contains("docker compose kill -s HUP broker", bench.Read("README.md"));
    }

    [GeneratedRegex(@"exposure level for \S+: ([0-9.]+)")]
    private static partial Regex Exposure();

    [GeneratedRegex(@"ExecStart=(\S+)")]
    private static partial Regex ProgramOf();
}
