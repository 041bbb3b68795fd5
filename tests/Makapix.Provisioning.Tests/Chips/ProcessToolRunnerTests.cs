using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Chips;

/// <summary>Tools that hang, flood, lie or are not there: the line gets an error in bounded time and memory, and nothing is left running.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
[UnsupportedOSPlatform("windows")]
public sealed class ProcessToolRunnerTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [TestMethod]
    public async Task Tool_that_hangs_is_killed_with_its_children()
    {
        using var tool = new FakeTool("sleep 300 & echo $! > \"$(dirname \"$0\")/child\"; wait");

        // Until it had a child by then: to start it may take a busy machine longer.
        for (var timeout = TimeSpan.FromMilliseconds(500); !HasChild(tool); timeout *= 2)
        {
            Assert.IsLessThan(Bound, timeout);
            var error = await Assert.ThrowsExactlyAsync<ChipException>(() => tool.Runner.RunAsync(Call(timeout), default));
            Assert.AreEqual("MKX-CHIP-003", error.Code);
        }

        await RequireGoneAsync(tool.PathOf("child"));
    }

    [TestMethod]
    public async Task Cancelled_tool_is_killed_with_its_children()
    {
        using var tool = new FakeTool("sleep 300 & echo $! > \"$(dirname \"$0\")/child\"; wait");
        using var cancel = new CancellationTokenSource();
        var run = tool.Runner.RunAsync(Call(Bound), cancel.Token);
        await Eventually.HoldsAsync(() => HasChild(tool), () => "it has a child");
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        await RequireGoneAsync(tool.PathOf("child"));
    }

    [TestMethod]
    [DataRow("yes")]
    [DataRow("yes >&2")]
    public async Task Tool_that_floods_is_stopped(string script)
    {
        using var tool = new FakeTool(script);
        var error = await Assert.ThrowsExactlyAsync<ChipException>(() => tool.Runner.RunAsync(Call(Bound), default));
        Assert.AreEqual("MKX-CHIP-004", error.Code);
    }

    [TestMethod]
    [DataRow(129, DisplayName = "terminal closed")]
    [DataRow(130, DisplayName = "Ctrl-C")]
    [DataRow(143, DisplayName = "service stopped")]
    public async Task Tool_that_a_signal_ended_before_it_began_is_started_again(int exitCode)
    {
        using var tool = new FakeTool($"[ -e \"$0.begun\" ] && echo done && exit 0; touch \"$0.begun\"; exit {exitCode}");
        using var result = await tool.Runner.RunAsync(Call(Bound), default);
        Assert.AreEqual(0, result.ExitCode);
        Assert.AreEqual("done", result.Lines.First());
    }

    [TestMethod]
    public async Task Tool_that_is_always_ended_by_a_signal_is_given_up()
    {
        using var tool = new FakeTool("echo x >> \"$0.starts\"; exit 130");
        using var result = await tool.Runner.RunAsync(Call(Bound), default);
        Assert.AreEqual(130, result.ExitCode);
        Assert.HasCount(3, File.ReadAllLines(tool.PathOf("esptool.starts")));
    }

    [TestMethod]
    [DataRow("INT", DisplayName = "Ctrl-C")]
    [DataRow("QUIT", DisplayName = "Ctrl-Backslash")]
    [DataRow("HUP", DisplayName = "terminal closed, or ssh lost")]
    [DataRow("TERM", DisplayName = "service stopped")]
    public async Task Signal_to_the_whole_process_group_does_not_end_the_tool(string signal)
    {
        // Inside a burn it would tear the eFuses.
        using var tool = new FakeTool($"kill -{signal} $$; echo still here");
        using var result = await tool.Runner.RunAsync(Call(Bound), default);
        CollectionAssert.AreEqual(new[] { "still here" }, result.Lines.ToArray());
    }

    [TestMethod]
    public async Task Secret_passes_through_a_pipe_and_through_nothing_else()
    {
        using var tool = new FakeTool("""
            echo "$@"; env; ls -l /proc/$$/fd/0 | sed 's/.* -> //'
            printf 'key '; od -An -tx1 -v "$2" | tr -d ' \n'; echo
            """);
        var secret = Enumerable.Range(0xA0, 32).Select(i => (byte)i).ToArray();
        using var result = await tool.Runner.RunAsync(Call(Bound, "burn_key", ToolCommand.SecretFile) with { Secret = secret }, default);
        var lines = result.Lines.ToList();
        Assert.AreEqual("burn_key /dev/stdin", lines[0]);
        Assert.Contains($"key {Convert.ToHexStringLower(secret)}", lines);
        StringAssert.StartsWith(lines[^2], "pipe:");
        Assert.DoesNotContain(Encoding.Latin1.GetString(secret), string.Concat(lines[..^1]));
    }

    [TestMethod]
    public async Task Tool_that_ends_without_reading_its_secret_still_tells_why()
    {
        using var tool = new FakeTool("echo 'A fatal error occurred: no'; exit 2");
        using var result = await tool.Runner.RunAsync(Call(Bound, ToolCommand.SecretFile) with { Secret = new byte[32] }, default);
        Assert.AreEqual(2, result.ExitCode);
    }

    [TestMethod]
    public async Task Output_is_zeroed_on_dispose()
    {
        using var tool = new FakeTool("echo 00 11 22");
        var result = await tool.Runner.RunAsync(Call(Bound), default);
        var bytes = result.Output;
        Assert.AreEqual((byte)'0', bytes.Span[0]);
        result.Dispose();
        Assert.IsFalse(bytes.Span.ContainsAnyExcept((byte)0));
    }

    [TestMethod]
    public async Task Missing_tool_is_said_with_the_way_out()
    {
        using var tool = new FakeTool("", name: "something-else");
        var error = await Assert.ThrowsExactlyAsync<ChipException>(() => tool.Runner.RunAsync(Call(Bound), default));
        Assert.AreEqual("MKX-CHIP-001", error.Code);
        StringAssert.Contains(error.NextStep, "./makapix doctor");
    }

    [TestMethod]
    public void Only_executables_in_absolute_folders_are_found()
    {
        using var plain = new FakeTool("", executable: false);
        using var old = new FakeTool("", name: "esptool.py");
        Assert.IsNull(ToolPath.Find("esptool", plain.Folder));
        Assert.AreEqual(old.PathOf("esptool.py"), ToolPath.Find("esptool", $"{plain.Folder}:{old.Folder}"));
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, old.Folder);
        Assert.IsNull(ToolPath.Find("esptool", $"{relative}::."));
    }

    private static ToolCommand Call(TimeSpan timeout, params string[] arguments) => new("esptool", [.. arguments], timeout);

    private static bool HasChild(FakeTool tool) => File.Exists(tool.PathOf("child")) && File.ReadAllText(tool.PathOf("child")).Length > 0;

    private static async Task RequireGoneAsync(string pidFile)
    {
        var pid = int.Parse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture);
        await Eventually.HoldsAsync(() => IsGone(pid), () => $"process {pid} is gone");
    }

    private static bool IsGone(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It goes while it is looked at, too.
            return true;
        }
    }
}
