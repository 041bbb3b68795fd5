using Makapix.Cli;
using Makapix.Cli.Fleet;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Fleet;

/// <summary>A fleet that does not fit into the limit on open files is refused before it starts.</summary>
[TestClass]
public sealed class OpenFileLimitTests
{
    private const string Head = "Limit                     Soft Limit           Hard Limit           Units\n";

    [TestMethod]
    public void Too_few_open_files_are_said_with_what_is_needed()
    {
        var e = Assert.Throws<CliException>(() => OpenFileLimit.Require(1000, Head + "Max open files            1024                 1024                 files\n"));
        Assert.StartsWith("MKX-CLI-060: 1000 devices need 1400 open files, and this process may have 1024.", e.Message);
        Assert.Contains("ulimit", e.Message);
    }

    [TestMethod]
    [DataRow("Max open files            1400                 1400                 files")]
    [DataRow("Max open files            unlimited            unlimited            files")]
    [DataRow("Max open files")]
    [DataRow("")]
    public void What_is_enough_or_not_told_is_no_obstacle(string line) => OpenFileLimit.Require(1000, Head + line + "\n");
}
