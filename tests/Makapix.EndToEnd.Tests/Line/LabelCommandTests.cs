using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Line;

/// <summary><c>device label</c>: again, for devices of the ledger alone, and never unnoticed.</summary>
[TestClass]
public sealed class LabelCommandTests
{
    [TestMethod]
    public async Task A_label_is_drawn_again_by_id_or_board_and_stands_in_the_history()
    {
        using var scratch = new Scratch();
        await Workbench.FusedChipAsync();
        var authority = await Workbench.AuthorityAsync();
        var device = JsonNode.Parse((await Shell.RunAsync("device", "list", "--dir", authority, "--json")).Succeeded().Output)![0]!;
        var (id, board) = ((string)device["id"]!, (string)device["mac"]!);

        var png = (await Shell.RunAsync("device", "label", id, "--dir", authority, "--out", scratch.At("labels"))).Succeeded();
        Assert.AreEqual(scratch.At("labels", $"{id}.label.png"), png.Output.TrimEnd());
        var pdf = (await Shell.RunAsync("device", "label", board, "--dir", authority, "--out", scratch.At("labels"), "--size", "62x29", "--format", "pdf")).Succeeded();
        Assert.AreEqual(scratch.At("labels", $"{id}.label.pdf"), pdf.Output.TrimEnd());
        Assert.StartsWith("%PDF-", File.ReadAllText(scratch.At("labels", $"{id}.label.pdf")));

        var history = (await Shell.RunAsync("device", "history", id, "--dir", authority)).Succeeded().Output;
        Assert.Contains("\"size\":\"50x25\",\"format\":\"png\"", history);
        Assert.Contains("\"size\":\"62x29\",\"format\":\"pdf\"", history);
        (await Shell.RunAsync("ledger", "verify", "--dir", authority)).Succeeded();
    }

    [TestMethod]
    public async Task What_never_left_the_line_gets_no_label()
    {
        using var scratch = new Scratch();
        (await Shell.RunAsync("device", "label", "6b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e", "--dir", await Workbench.AuthorityAsync(), "--out", scratch.At("labels"))).Refused(1, "MKX-LEDGER-058");
        Assert.IsEmpty(scratch.Entries);
    }
}
