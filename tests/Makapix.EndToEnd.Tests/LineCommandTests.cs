using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Runtime.Versioning;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Cli;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Broker;
using Makapix.Provisioning.Images;
using Makapix.VirtualEsp32;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests;

/// <summary><c>makapix device provision</c> as a shell runs it: what it refuses before it costs anything, and what no signal can tear.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
[UnsupportedOSPlatform("windows")]
public sealed class LineCommandTests
{
    private const string Passphrase = "correct horse battery";
    private const string DeviceId = "6f1c3f0e-3a52-4a3b-9a0e-0d4f6f0c7b11";
    private static readonly string Folder = Directory.CreateTempSubdirectory("makapix-provision-").FullName;

    private static readonly IPEndPoint Broker = new(IPAddress.Loopback, FreePort.Pick());
    private static MosquittoProcess _broker = null!;

    [ClassInitialize]
    public static async Task Begin(TestContext _)
    {
        using (var authority = CertificateAuthority.Init(new CeremonyPlan(At("authority"), At("root")), Passphrase, NewAuthority.RootPassphrase))
        {
            new CredentialWriter(authority, At("broker")).Broker(["localhost"]);
            new CredentialWriter(authority, At("operator")).Operator("station");
        }

        _broker = await MosquittoProcess.StartAsync(new MosquittoOptions(At("broker"), Broker, PlayerAcl.Text(["op_station"])), CancellationToken.None);
        DemoBundle.Create(At("bundle"));
        File.WriteAllText(At("short"), "sixsix\n");
    }

    [ClassCleanup]
    public static async Task End()
    {
        await _broker.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    [TestMethod]
    [DataRow("takes HOST:PORT with a DNS name", "--broker", "bad host!:8883")]
    [DataRow("--wifi-ssid takes a name of 1 to 31 bytes", "--wifi-ssid", "0123456789012345678901234567890123456789")]
    [DataRow("not all zeros", "--device-id", "00000000-0000-0000-0000-000000000000")]
    [DataRow("--wifi-open needs --wifi-ssid", "--wifi-open")]
    [DataRow("--wifi-password-fd needs --wifi-ssid", "--wifi-password-fd", "3")]
    [DataRow("has no password", "--wifi-ssid", "s", "--wifi-open", "--wifi-password-fd", "3")]
    public async Task Mistake_in_an_argument_is_wrong_usage_in_the_words_of_the_option(string words, params string[] arguments)
    {
        string[] broker = arguments.Contains("--broker") ? [] : ["--broker", "broker.example:8883"];
        var (exitCode, error) = await ProvisionAsync("socket://127.0.0.1:9", "state", null, [.. broker, .. arguments]);
        Assert.AreEqual(2, exitCode, error);
        Assert.Contains(words, error);
    }

    [TestMethod]
    public async Task Password_that_no_network_can_have_costs_no_certificate()
    {
        var (exitCode, error) = await ProvisionAsync("socket://127.0.0.1:9", "state", null, "--broker", "broker.example:8883", "--device-id", DeviceId, "--wifi-ssid", "s", "--wifi-password-fd", "3");
        Assert.AreEqual(1, exitCode, error);
        Assert.StartsWith("MKX-CLI-016: ", error);
        Assert.DoesNotContain("sixsix", error);
        Assert.IsFalse(CertificateAuthority.List(At("authority")).Any(c => c.CommonName == DeviceId));
    }

    [TestMethod]
    [DataRow("HUP", DisplayName = "terminal closed, or ssh lost")]
    [DataRow("QUIT", DisplayName = "Ctrl-Backslash")]
    [DataRow("INT", DisplayName = "Ctrl-C")]
    [DataRow("TERM", DisplayName = "service stopped")]
    public async Task Signal_inside_a_burn_is_told_to_wait_and_the_next_run_finishes_on_an_open_network(string signal)
    {
        // As a terminal does it: to the line and to its tool, which here goes on to the real burn only afterwards.
        var tools = Directory.CreateDirectory(At($"tools-{signal}")).FullName;
        var script = Path.Combine(tools, "espefuse");
        var real = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "espefuse")).FirstOrDefault(File.Exists);
        Assert.IsNotNull(real, "espefuse is not on PATH: run ./makapix doctor");
        File.WriteAllText(script, $"#!/bin/sh\ncase \"$*\" in *burn_key*|*burn-key*) kill -{signal} $PPID; kill -{signal} $$;; esac\nexec '{real}' \"$@\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        using var chip = VirtualChip.Open(At($"chip-{signal}"));
        await using var server = LoaderServer.Start(chip, new LoaderServerOptions { Firmware = new HostFirmware() });
        string[] arguments = ["--broker", $"localhost:{Broker.Port}", "--wifi-ssid", "Café", "--wifi-open"];
        var torn = await ProvisionAsync(server.Port, $"state-{signal}", tools, arguments);
        Assert.AreEqual(130, torn.ExitCode, torn.Error);
        Assert.Contains("waiting for the burn to end", torn.Error);
        Assert.AreEqual(127u, chip.Efuses.Read("FLASH_CRYPT_CNT"), "the burn was whole");

        var finished = await ProvisionAsync(server.Port, $"state-{signal}", null, arguments);
        Assert.AreEqual(0, finished.ExitCode, finished.Error);
        Assert.Contains("finish the burn", finished.Error);
    }

    private static string At(string name) => Path.Combine(Folder, name);

    private static async Task<(int ExitCode, string Error)> ProvisionAsync(string port, string state, string? toolsFirst, params string[] arguments)
    {
        // File descriptor 3, as a shell opens it.
        string[] makapix = [Path.Combine(AppContext.BaseDirectory, "makapix.dll"), "device", "provision", "--port", port, "--bundle", At("bundle"), "--authority", At("authority"), "--passphrase-fd", "0", "--state", At(state), "--operator", At("operator")];
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec dotnet \"$@\" 3< '{At("short")}'", "sh", .. makapix, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_DATA_HOME"] = At("data");
        if (toolsFirst is not null)
        {
            start.Environment["PATH"] = $"{toolsFirst}:{Environment.GetEnvironmentVariable("PATH")}";
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(Passphrase);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A command that failed before it asked has closed its end.
        }

        await process.WaitForExitAsync();
        await output;
        return (process.ExitCode, await error);
    }
}
