using System;
using Makapix.Cli.Reports;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Reports;

/// <summary>Names that somebody chose, or wrote into the ledger: what a terminal and a spreadsheet make of them.</summary>
[TestClass]
public sealed class HostileTextTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [TestMethod]
    [DataRow("spring 2026, Łódź №3 🐦", "spring 2026, Łódź №3 🐦", DisplayName = "a name")]
    [DataRow("\u001b[2J\u001b]0;owned\u0007", "?[2J?]0;owned?", DisplayName = "escape sequences")]
    [DataRow("\u009b2J", "?2J", DisplayName = "an escape sequence in one character")]
    [DataRow("a\r\nMKX-CA-000: all is well", "a??MKX-CA-000: all is well", DisplayName = "a line of its own")]
    [DataRow("a\u2028b\u2029c", "a?b?c", DisplayName = "breaks that are no control characters")]
    [DataRow("\u202elaever\u202c", "?laever?", DisplayName = "text that runs backwards")]
    [DataRow("op\u200b_alice", "op?_alice", DisplayName = "a character that nobody sees")]
    public void What_a_terminal_would_obey_is_not_printed(string text, string printed) => Assert.AreEqual(printed, Word.Plain(text));

    [TestMethod]
    [DataRow("spring", "spring", DisplayName = "a name")]
    [DataRow("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0", DisplayName = "a formula")]
    [DataRow("+1", "'+1", DisplayName = "a sum")]
    [DataRow("-1", "'-1", DisplayName = "a difference")]
    [DataRow("@SUM(A1)", "'@SUM(A1)", DisplayName = "a function")]
    [DataRow("\t=1", "'\t=1", DisplayName = "a formula behind a tabulator")]
    [DataRow("a,b", "\"a,b\"", DisplayName = "a comma")]
    [DataRow("a\"b", "\"a\"\"b\"", DisplayName = "a quote")]
    [DataRow("=1,\"x\"", "\"'=1,\"\"x\"\"\"", DisplayName = "a formula with both")]
    [DataRow("a\r\nb", "\"a\r\nb\"", DisplayName = "a line of its own")]
    public void What_a_spreadsheet_would_run_is_text(string batch, string field) => Assert.Contains($",{field},", DeviceCsv.Write([Device(batch)]));

    private static LedgerDevice Device(string batch) => new(
        Guid.Parse("6b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e"), "24:0a:c4:00:00:01", "ESP32", "0.1.0", StandIn: false, ProvisioningPolicy.Release, "00", batch, "station", Day, DeviceState.Provisioned, Day,
        new LedgerCertificate("01", CertificateKind.Device, "6b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e", "02", Day, Day, "AA", Day));
}
