using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Kit;

/// <summary>The kit's mosquitto.conf starts a real mosquitto, and it says nothing against any line.</summary>
[TestClass]
public sealed class KitMosquittoTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [TestMethod]
    public async Task Mosquitto_starts_with_it()
    {
        using var bench = new KitBench();
        var port = FreePort.Pick();
        bench.Description["home"] = bench.Home;
        bench.Description["brokers"] = new JsonArray(new JsonObject { ["name"] = "a", ["address"] = "127.0.0.1", ["port"] = port });
        bench.Write();
        bench.Install();

        // As the kit's README has it; newer mosquitto says so where it is not.
        var acl = Path.Combine(bench.Home, "acl");
        string[] owner = Environment.IsPrivilegedProcess ? ["chown", "nobody:", acl] : ["true"];
        Assert.AreEqual((0, ""), await KitTool.RunAsync(owner[0], owner[1..]));
        Assert.AreEqual((0, ""), await KitTool.RunAsync("chmod", "0400", acl));
        var said = await StartAsync(Path.Combine(bench.Home, "mosquitto-a.conf"));
        Assert.EndsWith(" running", said[^1], string.Join('\n', said));
        Assert.IsFalse(said.Exists(line => line.Contains("Error", StringComparison.Ordinal) || line.Contains("Warning", StringComparison.Ordinal)), string.Join('\n', said));
    }

    private static async Task<List<string>> StartAsync(string configuration)
    {
        using var process = Process.Start(new ProcessStartInfo("mosquitto", ["-c", configuration]) { RedirectStandardError = true })!;
        try
        {
            var said = new List<string>();
            while (await process.StandardError.ReadLineAsync().WaitAsync(Limit) is { } line)
            {
                said.Add(line);
                if (line.EndsWith(" running", StringComparison.Ordinal))
                {
                    break;
                }
            }

            return said;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }
}
