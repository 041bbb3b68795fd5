using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Support;

/// <summary><c>makapix</c>, as a shell starts it.</summary>
internal static class Shell
{
    private static readonly string Dotnet = Require("dotnet");

    /// <summary>Runs a command to its end: in a process of its own only if it asks for something that a process alone has.</summary>
    public static Task<CliRun> RunAsync(params string[] arguments) => RunAsync(new CliStart(), arguments);

    public static async Task<CliRun> RunAsync(CliStart how, params string[] arguments)
    {
        if (InProcess.Takes(how, arguments))
        {
            return await InProcess.RunAsync(how, arguments);
        }

        await using var process = Start(how, arguments);
        return await process.ExitAsync();
    }

    public static CliProcess Start(params string[] arguments) => Start(new CliStart(), arguments);

    /// <summary>In a session of its own, so that a signal reaches all that it starts, as Ctrl-C does, and nobody else.</summary>
    public static CliProcess Start(CliStart how, params string[] arguments)
    {
        string[] command = [Dotnet, Path.Combine(how.Program ?? AppContext.BaseDirectory, "makapix.dll"), .. arguments];
        if (how.Descriptors.Count > 0)
        {
            var redirections = string.Concat(how.Descriptors.Select(open => $" {open.Key}<'{open.Value}'"));
            command = ["/bin/sh", "-c", $"exec \"$@\"{redirections}", "sh", .. command];
        }

        if (how.BoundByModes && Environment.UserName == "root")
        {
            const string Privileges = "-dac_override,-dac_read_search";
            command = [Require("setpriv"), $"--bounding-set={Privileges}", $"--inh-caps={Privileges}", .. command];
        }

        var start = new ProcessStartInfo(Require("setsid"), command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = how.Folder ?? "",
        };
        Set(start, "PATH", how.SearchPath);
        Set(start, "TMPDIR", how.Temp);
        Set(start, "HOME", how.Home);
        Set(start, "CREDENTIALS_DIRECTORY", how.Credentials);
        return new CliProcess(Process.Start(start)!, string.Join(' ', arguments), how.Input);
    }

    /// <summary>On a terminal of its own, which echoes what is typed unless it is told not to. What it says on either stream is output.</summary>
    public static CliProcess StartOnTerminal(params string[] arguments)
    {
        var command = string.Join(' ', ((string[])[Dotnet, Path.Combine(AppContext.BaseDirectory, "makapix.dll"), .. arguments]).Select(word => $"'{word}'"));
        var start = new ProcessStartInfo(Require("script"), ["--quiet", "--return", "--command", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new CliProcess(Process.Start(start)!, string.Join(' ', arguments), input: null);
    }

    /// <summary>The full path of a tool that these tests need.</summary>
    public static string Require(string tool) =>
        ToolPath.Find(tool, Environment.GetEnvironmentVariable("PATH") ?? "") ?? throw new AssertFailedException($"{tool} is not on PATH: run ./makapix doctor.");

    private static void Set(ProcessStartInfo start, string name, string? value)
    {
        if (value is not null)
        {
            start.Environment[name] = value;
        }
    }
}
