using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests;

/// <summary><c>makapix payload check</c> and <c>makapix schema compile</c> as a shell runs them.</summary>
[TestClass]
public sealed class PayloadCommandTests
{
    private const string Command = """{"command_id":"2f1c7b1e-0d5a-4c39-8e54-0a6b7c8d9e0f","command_type":"set_brightness","payload":{"value":42},"timestamp":"2026-08-19T12:34:56+00:00"}""";

    private static readonly string Folder = Directory.CreateTempSubdirectory("makapix-payload-").FullName;

    [ClassCleanup]
    public static void End() => Directory.Delete(Folder, recursive: true);

    [TestMethod]
    public async Task One_line_a_file_in_the_order_of_the_files()
    {
        var good = Write(Command);
        string[] files = [good, Write(Command + "}"), Write(Command.Replace("42", "\"42\"", StringComparison.Ordinal)), Write(new string(' ', 9000)), Write("{\"a\":1,\"a\":2}"), good];

        var run = await RunAsync(["payload", "check", .. files]);

        Assert.AreEqual((1, ""), (run.ExitCode, run.Error));
        CollectionAssert.AreEqual(
            new[] { "accept", "reject trailing at 148", "reject type at 104", "reject oversize at 8192", "reject duplicate_name at 7", "accept" },
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [TestMethod]
    [DataRow("accept\n", 0, Command)]
    [DataRow("accept\n", 0, """{"success":true}""", "--schema", "view-ack")]
    [DataRow("reject unknown_name at 1\n", 1, """{"a":1}""", "--schema", "state")]
    [DataRow("accept\n", 0, """{"a":1,"a":[]}""", "--syntax-only")]
    [DataRow("reject syntax at 6\n", 1, """{"a":1""", "--syntax-only")]
    [DataRow("reject syntax at 0\n", 1, "", "--syntax-only")]
    public async Task The_verdict_and_the_exit_code(string expected, int exitCode, string payload, params string[] options)
    {
        var run = await RunAsync(["payload", "check", .. options, Write(payload)]);

        Assert.AreEqual((exitCode, expected, ""), run);
    }

    [TestMethod]
    [DataRow(2, "MKX-CLI-001", "payload", "check")]
    [DataRow(2, "MKX-CLI-001", "payload", "check", "--schema", "nope", "{file}")]
    [DataRow(2, "MKX-CLI-001", "payload", "check", "--schema", "state", "--syntax-only", "{file}")]
    [DataRow(1, "MKX-CLI-041", "payload", "check", "{file}.missing")]
    [DataRow(1, "MKX-CLI-041", "payload", "check", "{folder}")]
    [DataRow(2, "MKX-CLI-001", "schema", "compile", "firmware/schemas")]
    public async Task Bad_input_is_one_line(int expected, string code, params string[] arguments)
    {
        var file = Write(Command);
        var (exitCode, output, error) = await RunAsync([.. arguments.Select(a => a.Replace("{file}", file, StringComparison.Ordinal).Replace("{folder}", Folder, StringComparison.Ordinal))]);

        Assert.AreEqual((expected, ""), (exitCode, output));
        Assert.StartsWith(code + ": ", error);
        Assert.AreEqual(1, error.TrimEnd().Split('\n').Length, error);
    }

    [TestMethod]
    public async Task The_committed_table_is_current() => Assert.AreEqual(0, (await RunAsync(["schema", "compile", "--check"])).ExitCode);

    private static string Write(string payload)
    {
        var file = Path.Combine(Folder, Guid.NewGuid().ToString("N"));
        File.WriteAllText(file, payload);
        return file;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "makapix.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
