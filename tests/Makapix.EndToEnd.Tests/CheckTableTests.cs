using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests;

/// <summary>The table of <c>makapix broker check</c> in the READMEs is what the command prints now: its columns, its attacks, a kit that holds.</summary>
[TestClass]
public sealed partial class CheckTableTests
{
    private const string Measured = "provisioning/Makapix.Provisioning/Broker/README.md";
    private const string Shown = "provisioning/README.md";

    private static Task<CliRun> Refused => InProcess.RunAsync("broker", "check", "--only", "nonsense");

    [TestMethod]
    public async Task Has_every_attack_on_both_targets_and_no_other()
    {
        var attacks = Names().Match((await Refused).Refused(1, "MKX-BROKER-051").Error).Groups[1].Value.Split(", ");
        Assert.IsGreaterThan(20, attacks.Length);
        CollectionAssert.AreEqual(attacks.SelectMany(attack => (string[])[$"{attack} stock", $"{attack} kit"]).ToArray(), Rows(Measured).Skip(2).Select(cells => $"{cells[0]} {cells[1]}").ToArray());
    }

    [TestMethod]
    public async Task Has_the_columns_that_are_printed()
    {
        var printed = (await Shell.RunAsync("broker", "check", "--only", "none", "--target", "stock", "--seconds", "1")).Output.Split('\n').First(line => line.StartsWith("| attack", StringComparison.Ordinal));
        CollectionAssert.AreEqual(Cells(printed), Rows(Measured).First());
    }

    [TestMethod]
    public void Shows_no_bound_that_the_kit_breaks() =>
        Assert.IsEmpty(Rows(Measured).Skip(2).Where(cells => cells[1] == "kit" && cells[^1] != "nothing" && !cells[^1].StartsWith("its broker was started again", StringComparison.Ordinal)).Select(cells => string.Join(' ', cells)));

    [TestMethod]
    public void Is_the_same_in_both_places() => CollectionAssert.AreEqual(Lines(Measured), Lines(Shown));

    private static IEnumerable<string[]> Rows(string file) => Lines(file).Select(Cells);

    private static string[] Cells(string line) => [.. line.Trim('|', ' ').Split('|').Select(cell => cell.Trim())];

    private static string[] Lines(string file) =>
        [.. File.ReadAllText(Path.Combine(Repository.Root, file)).Split("<!-- broker-check -->\n")[1].Split("<!-- /broker-check -->")[0].Split('\n').Where(line => line.StartsWith('|'))];

    [GeneratedRegex(@"\b(none, [a-z0-9, -]*[a-z0-9])")]
    private static partial Regex Names();
}
