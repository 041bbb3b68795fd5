using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Manners;

/// <summary>Tools that are missing, too old, or something else of that name.</summary>
[TestClass]
public sealed class ToolTests
{
    [TestMethod]
    [DataRow("MKX-CHIP-001", null)]
    [DataRow("MKX-CHIP-007", "echo 'esptool.py v4.5.1'; echo 4.5.1")]
    [DataRow("MKX-CHIP-006", "echo 'Usage: esptool FISH'")]
    [DataRow("MKX-CHIP-006", "echo 'ModuleNotFoundError: serial' >&2; exit 1")]
    public async Task Provisioning_needs_a_real_and_new_enough_esptool(string code, string? script)
    {
        using var scratch = new Scratch();
        var path = FakeTools(scratch, script);
        (await Shell.RunAsync(Workbench.WithPassphrase with { SearchPath = path }, await Workbench.ProvisionAsync("socket://127.0.0.1:1", scratch.At("state")))).Refused(1, code);
        Assert.IsFalse(Path.Exists(scratch.At("state")));
    }

    [TestMethod]
    [DataRow(null, "not found on PATH")]
    [DataRow("echo 'esptool.py v4.5.1'; echo 4.5.1", "too old: 4.7 or newer is needed")]
    [DataRow("echo 'ModuleNotFoundError: serial' >&2; exit 1", "does not run: ModuleNotFoundError: serial")]
    public async Task Doctor_says_what_is_wrong_with_each(string? script, string verdict)
    {
        using var scratch = new Scratch();
        var run = (await Shell.RunAsync(Elsewhere(scratch, script), "doctor")).Failed(1, "MKX-TOOL-006");
        var lines = run.Output.Split('\n');
        Assert.Contains(verdict, lines[Array.FindIndex(lines, line => line.StartsWith("✗ esptool", StringComparison.Ordinal)) + 1]);
        Assert.Contains("✗ openssl", run.Output);
        Assert.Contains("esptool, espefuse", run.Error);
    }

    [TestMethod]
    public async Task Doctor_is_content_where_all_is_there() => Assert.DoesNotContain("✗", (await Shell.RunAsync("doctor")).Succeeded().Output);

    [TestMethod]
    [DataRow("demo", null)]
    [DataRow("demo --json", "echo 'esptool.py v4.5.1'; echo 4.5.1")]
    [DataRow("setup", null)]
    public async Task Where_it_may_not_install_it_names_the_command_and_leaves_nothing(string command, string? script)
    {
        using var scratch = new Scratch();
        var run = await Shell.RunAsync(Elsewhere(scratch, script, "openssl"), command.Split(' '));
        run.Refused(1, run.Error.Contains("MKX-TOOL-002", StringComparison.Ordinal) ? "MKX-TOOL-002" : "MKX-TOOL-001");
        Assert.Contains("Run: ", run.Error);
        Assert.IsEmpty(Directory.GetFileSystemEntries(scratch.At("temp")));
        Assert.IsFalse(Directory.EnumerateFiles(scratch.At("home"), "*", SearchOption.AllDirectories).Any());
    }

    /// <summary>Outside of the checkout, whose own tools would be found; and where nothing may be installed: no apt-get on PATH.</summary>
    private static CliStart Elsewhere(Scratch scratch, string? script, params string[] real) =>
        new() { Program = CopyProgram(scratch), SearchPath = FakeTools(scratch, script, real), Home = scratch.Folder("home"), Temp = scratch.Folder("temp") };

    /// <summary>A folder for PATH: nothing in it but esptool, espefuse and espsecure as that script, and links to those real tools.</summary>
    private static string FakeTools(Scratch scratch, string? script, params string[] real)
    {
        var folder = scratch.Folder("bin");
        foreach (var name in script is null ? [] : (string[])["esptool", "espefuse", "espsecure"])
        {
            var path = scratch.Write(Path.Combine("bin", name), $"#!/bin/sh\n{script}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        foreach (var name in real)
        {
            File.CreateSymbolicLink(Path.Combine(folder, name), Shell.Require(name));
        }

        return folder;
    }

    private static string CopyProgram(Scratch scratch)
    {
        var folder = scratch.Folder("program");
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory).Where(file => Path.GetExtension(file) is ".dll" or ".json"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return folder;
    }
}
