using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests.Support;

/// <summary>What a tool said and how it ended.</summary>
internal sealed record ToolRun(string CommandLine, string Output, int ExitCode = -1)
{
    /// <summary>What esptool and espefuse answer for "A fatal error occurred".</summary>
    public const int Fatal = 2;

    public ToolRun Succeeded() => Ended(0);

    public ToolRun Refused() => Ended(Fatal);

    public ToolRun Said(string text)
    {
        Assert.Contains(text, Output, CommandLine);
        return this;
    }

    private ToolRun Ended(int code)
    {
        Assert.AreEqual(code, ExitCode, $"{CommandLine}\n{Output}");
        return this;
    }
}
