using System;
using System.IO;
using Makapix.Cli;
using Makapix.Cli.Line;
using Makapix.Provisioning.Line.Lanes;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Reports;

/// <summary>The file of a shift: whole rows, whatever it was left in, and nothing that a spreadsheet runs.</summary>
[TestClass]
public sealed class ShiftCsvTests
{
    private const string Header = "when,port,lane,mac,device,result,code,seconds\r\n";
    private const string Row = "2026-01-01T00:00:00Z,/dev/ttyUSB0,3,,,failed,MKX-CHIP-012,1.2\r\n";

    private static readonly BoardResult Board = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 3, "/dev/ttyUSB0", BoardOutcome.Failed, 1.234) { Code = "MKX-CHIP-012", Cause = "no chip answers." };

    private readonly Scratch _scratch = new();

    [TestCleanup]
    public void CleanUp() => _scratch.Dispose();

    [TestMethod]
    public void Later_shift_goes_on_in_the_same_file()
    {
        Add(Board);
        Add(Board);
        Assert.AreEqual(Header + Row + Row, Text);
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        }
    }

    [TestMethod]
    public void Row_that_the_power_cut_short_does_not_run_into_the_next()
    {
        _scratch.Write("shift.csv", Header + "2026-01-01T0");
        Add(Board);
        Assert.AreEqual(Header + "2026-01-01T0\r\n" + Row, Text);
    }

    [TestMethod]
    [DataRow("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0", DisplayName = "a formula")]
    [DataRow("@SUM(A1),\"x\"", "\"'@SUM(A1),\"\"x\"\"\"", DisplayName = "a function, a comma, a quote")]
    [DataRow("COM1\r\n2026", "\"COM1\r\n2026\"", DisplayName = "a row of its own")]
    public void Port_that_a_spreadsheet_would_run_is_text(string port, string field)
    {
        Add(Board with { Port = port });
        Assert.Contains($"Z,{field},3,", Text);
    }

    [TestMethod]
    [DataRow("my notes, not to be lost\n")]
    [DataRow("when,port\r\n")]
    public void File_of_something_else_is_left_as_it_is(string content)
    {
        _scratch.Write("shift.csv", content);
        Assert.AreEqual("MKX-CLI-070", Assert.ThrowsExactly<CliException>(() => ShiftCsv.Open(Path)).Code);
        Assert.AreEqual(content, Text);
    }

    [TestMethod]
    public void Two_shifts_cannot_write_one_file()
    {
        using var first = ShiftCsv.Open(Path);
        Assert.ThrowsExactly<IOException>(() => ShiftCsv.Open(Path));
    }

    private string Path => _scratch.At("shift.csv");

    private string Text => File.ReadAllText(Path);

    private void Add(BoardResult board)
    {
        using var csv = ShiftCsv.Open(Path);
        csv.Add(board);
    }
}
