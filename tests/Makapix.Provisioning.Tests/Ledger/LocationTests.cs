using System.IO;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Tests.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>Where a ledger may be, and that no secret is in the words for it.</summary>
[TestClass]
public sealed class LocationTests
{
    [TestMethod]
    [DataRow("006", "Host=localhost;Database=d;Password=hunter2")]
    [DataRow("006", "Host=localhost;Database=d;pwd=hunter2")]
    [DataRow("006", "Host=localhost;Database=d;SSL Password=hunter2")]
    [DataRow("007", "Host=localhost")]
    [DataRow("007", "Database=d")]
    [DataRow("007", "Host=localhost;Database=d;Colour=red")]
    [DataRow("007", "Host=localhost;Database=d;Port=many")]
    [DataRow("011", "Host=db.example;Database=d")]
    [DataRow("011", "Host=db.example;Database=d;SSL Mode=Require")]
    [DataRow("011", "Host=localhost,db.example;Database=d")]
    [DataRow("011", "Host=localhost.example;Database=d")]
    [DataRow("011", "Host=192.0.2.1;Database=d;SSL Mode=VerifyCA")]
    public void A_place_that_no_ledger_may_be_in_is_refused(string code, string connection)
    {
        var failure = LedgerBench.Fails(code, () => LedgerLocation.Postgres(connection));
        Assert.DoesNotContain("hunter2", failure.ToString());
    }

    [TestMethod]
    [DataRow("Host=/run/postgresql;Database=d", "database d of /run/postgresql")]
    [DataRow("Host=127.0.0.1;Database=d;Passfile=/home/me/.pgpass", "database d of 127.0.0.1")]
    [DataRow("Host=db.example;Database=d;SSL Mode=VerifyFull", "database d of db.example")]
    [DataRow("ledger.db", "/authority/ledger.db")]
    [DataRow("/elsewhere/ledger.db", "/elsewhere/ledger.db")]
    public void A_place_is_told_to_people_without_its_particulars(string words, string told) => Assert.AreEqual(told, LedgerLocation.Parse(words, "/authority").ToString());

    [TestMethod]
    [DataRow("001", null)]
    [DataRow("019", "")]
    [DataRow("019", "null")]
    [DataRow("019", "{}")]
    [DataRow("019", "{\"ledger\": \"\"}")]
    [DataRow("019", "{\"ledger\": 1}")]
    [DataRow("019", "{\"ledger\": \"a\", \"ledger\": \"b\"}")]
    [DataRow("019", "{\"ledger\": \"a\", \"password\": \"b\"}")]
    [DataRow("006", "{\"ledger\": \"Host=localhost;Database=d;Password=hunter2\"}")]
    public void A_ledger_file_that_is_missing_or_damaged_is_named(string code, string? content)
    {
        using var folder = new TestFolder();
        if (content is not null)
        {
            folder.Write(LedgerFile.Name, content);
        }

        LedgerBench.Fails(code, () => LedgerLocation.OfFolder(folder.Path));
    }

    [TestMethod]
    public void A_ledger_file_leads_to_what_was_written_into_it_and_is_never_overwritten()
    {
        using var folder = new TestFolder();
        LedgerFile.Write(folder.Path, "ledger.db");
        Assert.AreEqual(LedgerLocation.Sqlite(folder.At("ledger.db")), LedgerLocation.OfFolder(folder.Path));
        Assert.Throws<IOException>(() => LedgerFile.Write(folder.Path, "other.db"));
        using var other = new TestFolder();
        LedgerBench.Fails("006", () => LedgerFile.Write(other.Path, "Host=localhost;Database=d;Password=hunter2"));
        Assert.IsEmpty(Directory.GetFiles(other.Path));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("a\nb")]
    [DataRow("\0")]
    public void An_actor_that_could_forge_lines_is_refused(string actor) => LedgerBench.Fails("020", () => new LedgerOptions { Actor = actor }.ToString());
}
