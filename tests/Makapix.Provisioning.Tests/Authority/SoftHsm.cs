using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>The real SoftHSM 2, with tokens of its own; keys are made on it by the real pkcs11-tool.</summary>
internal static class SoftHsm
{
    public const string OtherPin = "pin of the token";
    private const string SecurityOfficer = "officer of this token";

    private static readonly string[] Places = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so"];

    // Made before the module is loaded: it does not see tokens that another process makes afterwards.
    private static readonly Dictionary<string, ConcurrentBag<string>> Tokens = new()
    {
        [TestAuthority.Passphrase] = [.. Enumerable.Range(0, 8).Select(i => $"daily-{i}")],
        [TestAuthority.RootPassphrase] = [.. Enumerable.Range(0, 3).Select(i => $"root-{i}")],
        [OtherPin] = ["other-0", "other-1"],
    };

    private static readonly Lazy<string> LazyModule = new(SetUp);

    /// <summary>Its PKCS#11 module, set up for a folder of this test run.</summary>
    public static string Module => LazyModule.Value;

    /// <summary>The label of a token with that PIN that no other test has.</summary>
    public static string Token(string pin)
    {
        _ = Module;
        return Tokens[pin].TryTake(out var label) ? label : throw new AssertFailedException("Make more tokens above.");
    }

    /// <summary>A new key pair on a token; its URI.</summary>
    public static string Key(string token, string pin, string label, string type = "EC:prime256v1")
    {
        Require("pkcs11-tool", "--module", Module, "--token-label", token, "--login", "--pin", pin, "--keypairgen", "--key-type", type, "--label", label, "--id", "01");
        return Uri(token, label);
    }

    public static string Uri(string token, string label) => $"pkcs11:token={token};object={label}?module-path={Module}";

    public static (int ExitCode, string Output) Run(string name, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.IsTrue(process.WaitForExit(TimeSpan.FromSeconds(60)), $"{name} does not end");
        return (process.ExitCode, output + error.Result);
    }

    private static void Require(string name, params string[] arguments)
    {
        var (exitCode, output) = Run(name, arguments);
        Assert.AreEqual(0, exitCode, output);
    }

    private static string SetUp()
    {
        var module = Places.FirstOrDefault(File.Exists) ?? throw new AssertFailedException("SoftHSM 2 is not installed: run ./makapix setup.");
        var folder = Directory.CreateTempSubdirectory("makapix-softhsm-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(Path.Combine(folder, "tokens"));
        var configuration = Path.Combine(folder, "softhsm2.conf");
        File.WriteAllText(configuration, $"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n");

        // For child processes, and, by libc, for the module in this one: .NET keeps its own copy of the environment.
        Environment.SetEnvironmentVariable("SOFTHSM2_CONF", configuration);
        Assert.AreEqual(0, setenv("SOFTHSM2_CONF", configuration, 1));
        foreach (var (pin, labels) in Tokens)
        {
            foreach (var label in labels)
            {
                Require("softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", SecurityOfficer, "--pin", pin);
            }
        }

        return module;
    }

#pragma warning disable SYSLIB1054, IDE1006, CA5392, CA2101 // One call of libc, by its own name.
    [DllImport("libc")]
    private static extern int setenv([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
#pragma warning restore SYSLIB1054, IDE1006, CA5392, CA2101
}
