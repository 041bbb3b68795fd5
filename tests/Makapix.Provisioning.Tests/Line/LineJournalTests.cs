using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Line;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

[TestClass]
public sealed class LineJournalTests
{
    private static readonly MacAddress Mac = new(0x240AC4123456);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("makapix-journal-");

    [TestCleanup]
    public void CleanUp() => _folder.Delete(recursive: true);

    [TestMethod]
    public void Entries_are_there_again_after_reopening()
    {
        var entry = new JournalEntry(DateTimeOffset.UnixEpoch, Guid.NewGuid(), StepNames.Burn, JournalEvent.Begin) { DeviceId = Guid.NewGuid(), Serial = "01", KeyHash = "ff", NotAfter = DateTimeOffset.UnixEpoch };
        using (var journal = Open())
        {
            journal.Write(entry);
        }

        using var again = Open();
        CollectionAssert.AreEqual(new[] { entry }, again.Entries.ToArray());
    }

    [TestMethod]
    public void Entry_torn_by_a_power_cut_counts_as_never_written()
    {
        Write(2);
        var path = LineJournal.PathOf(_folder.FullName, Mac);
        var whole = File.ReadAllBytes(path);
        var firstLine = Array.IndexOf(whole, (byte)'\n') + 1;
        for (var length = firstLine; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            using var journal = Open();
            Assert.HasCount(1, journal.Entries);
            journal.Write(journal.Entries[0]);
            Assert.HasCount(2, LinesOf(journal));
        }
    }

    [TestMethod]
    [DataRow("append")]
    [DataRow("append-flush")]
    public void Disk_that_fails_in_the_middle_of_an_entry_leaves_no_part_of_it(string step)
    {
        var fail = false;
        using (var journal = LineJournal.Open(_folder.FullName, Mac, at => { if (fail && at == step) { throw new IOException("disk full"); } }))
        {
            journal.Write(Entry(StepNames.Plan));
            fail = true;
            Assert.ThrowsExactly<IOException>(() => journal.Write(Entry(StepNames.Burn)));
            fail = false;
            journal.Write(Entry(StepNames.Verify));
        }

        using var again = Open();
        CollectionAssert.AreEqual(new[] { StepNames.Plan, StepNames.Verify }, again.Entries.Select(e => e.Step).ToArray());
    }

    [TestMethod]
    public void Name_of_a_new_journal_is_flushed_before_anything_is_written()
    {
        var steps = new List<string>();
        using (var journal = LineJournal.Open(_folder.FullName, Mac, steps.Add))
        {
            journal.Write(Entry(StepNames.Plan));
        }

        CollectionAssert.AreEqual(new[] { "create-flush", "append", "append-flush" }, steps);
        using var again = LineJournal.Open(_folder.FullName, Mac, steps.Add);
        Assert.HasCount(3, steps);
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("")]
    [DataRow("garbage")]
    [DataRow("{\"at\":\"1970-01-01T00:00:00+00:00\",\"run\":\"00000000-0000-0000-0000-000000000000\",\"step\":\"burn\",\"event\":\"begin\",\"unknown\":1}")]
    [DataRow("{\"at\":\"1970-01-01T00:00:00+00:00\",\"run\":\"00000000-0000-0000-0000-000000000000\",\"step\":\"burn\",\"event\":\"undone\"}")]
    public void Damaged_journal_is_refused_with_its_line(string line)
    {
        Write(1);
        File.AppendAllText(LineJournal.PathOf(_folder.FullName, Mac), line + "\n");
        var error = Assert.ThrowsExactly<LineException>(() => Open());
        Assert.AreEqual("MKX-LINE-111", error.Code);
        StringAssert.Contains(error.Cause, "line 2");
    }

    [TestMethod]
    public void Two_lines_cannot_work_on_one_board()
    {
        using var first = Open();
        Assert.AreEqual("MKX-LINE-110", Assert.ThrowsExactly<LineException>(() => Open()).Code);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void Only_its_owner_reads_it()
    {
        Write(1);
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LineJournal.PathOf(_folder.FullName, Mac)));
    }

    private static JournalEntry Entry(string step) => new(DateTimeOffset.UnixEpoch, Guid.Empty, step, JournalEvent.Done);

    private LineJournal Open() => LineJournal.Open(_folder.FullName, Mac);

    private void Write(int entries)
    {
        using var journal = Open();
        for (var i = 0; i < entries; i++)
        {
            journal.Write(Entry(StepNames.Plan));
        }
    }

    private static string[] LinesOf(LineJournal journal) => System.Text.Encoding.UTF8.GetString(LockedFile.Read(journal.Path)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
