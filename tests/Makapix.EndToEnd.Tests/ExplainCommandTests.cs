using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests;

/// <summary><c>makapix explain</c>.</summary>
[TestClass]
public sealed class ExplainCommandTests
{
    [TestMethod]
    [DataRow("MKX-LINE-122")]
    [DataRow("mkx-line-122:")]
    [DataRow("LINE-122")]
    public async Task A_code_is_found_as_people_copy_it(string typed)
    {
        var run = (await Shell.RunAsync("explain", typed)).Succeeded();
        Assert.StartsWith("MKX-LINE-122, the provisioning line\nmeans   ", run.Output);
        Assert.Contains("\nnext    Run 'makapix ledger verify'", run.Output);
    }

    [TestMethod]
    [DataRow("MKX-LINE-116", "MKX-LINE-115, MKX-LINE-114, MKX-LINE-113", DisplayName = "a number that there is not")]
    [DataRow("MKX-LNE-140", "MKX-LINE-140, ", DisplayName = "a letter that is missing")]
    [DataRow("nonsense", "the nearest are ", DisplayName = "nothing like a code")]
    [DataRow("\u001b[2Jline", "'?[2Jline' is no code", DisplayName = "an escape sequence")]
    [DataRow("MKX-LINE-0000000000000000000000000000000000000000122", "is no code of makapix. See", DisplayName = "longer than any code")]
    public async Task Unknown_code_is_wrong_usage_and_the_nearest_are_named(string typed, string nearest) =>
        Assert.Contains(nearest, (await Shell.RunAsync("explain", typed)).Refused(2, "MKX-CLI-001").Error);

    [TestMethod]
    public async Task Without_a_code_all_are_listed_by_area()
    {
        Assert.Contains("the provisioning line:\n  MKX-LINE-100   the journal says that this board is scrap", (await Shell.RunAsync("explain")).Succeeded().Output);
        var all = JsonNode.Parse((await Shell.RunAsync("explain", "--json")).Succeeded().Output)!.AsArray();
        Assert.IsGreaterThan(200, all.Count);
        Assert.AreEqual("the broker on this machine", (string?)all[0]!["area"]);
    }
}
