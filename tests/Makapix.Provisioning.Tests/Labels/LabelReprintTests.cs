using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Makapix.Provisioning.Labels;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Ledger;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Labels;

/// <summary>A label that is drawn again is in the audit trail before it is on the disk.</summary>
[TestClass]
public sealed class LabelReprintTests
{
    private static readonly Guid Id = Guid.Parse("6b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e");

    public static IEnumerable<object[]> Databases => LedgerTests.Databases;

    [TestMethod]
    [DynamicData(nameof(Databases))]
    public void Each_is_an_entry_of_the_ledger_which_stays_whole(DatabaseKind kind)
    {
        using var bench = WithDevice(kind);
        using var scratch = new Scratch();
        foreach (var format in Enum.GetValues<LabelFormat>())
        {
            var path = LabelReprint.Write(bench.Ledger, Device(bench), LabelSizes.All[1], format, scratch.At("labels"));
            Assert.AreEqual(scratch.At("labels", $"{Id}.label.{format.ToString().ToLowerInvariant()}"), path);
            Assert.IsTrue(File.Exists(path));
        }

        var printed = bench.Ask(view => view.About(Id.ToString()).Where(entry => entry.Type == "label-printed").Select(entry => entry.Data).ToArray());
        CollectionAssert.AreEqual(
            new[] { $$"""{"deviceId":"{{Id}}","size":"62x29","format":"png"}""", $$"""{"deviceId":"{{Id}}","size":"62x29","format":"pdf"}""" }, printed);
        bench.RequireWhole();
    }

    [TestMethod]
    public void Ledger_that_cannot_be_written_gives_no_label()
    {
        using var bench = WithDevice(DatabaseKind.Sqlite);
        using var scratch = new Scratch();
        var device = Device(bench);
        using var failing = DeviceLedger.Open(bench.Location, bench.Options with { BeforeWrite = at => { if (at == "commit") { throw new IOException("disk full"); } } });
        Assert.ThrowsExactly<IOException>(() => LabelReprint.Write(failing, device, LabelSizes.Default, LabelFormat.Png, scratch.Root));
        Assert.IsEmpty(scratch.Entries);
    }

    [TestMethod]
    public void Retired_device_gets_no_label()
    {
        using var bench = WithDevice(DatabaseKind.Sqlite);
        using var scratch = new Scratch();
        bench.Append(new DeviceStateChanged(Id, DeviceState.Retired, "broken"));
        var error = Assert.ThrowsExactly<LineException>(() => LabelReprint.Write(bench.Ledger, Device(bench), LabelSizes.Default, LabelFormat.Png, scratch.Root));
        Assert.AreEqual("MKX-LINE-115", error.Code);
        Assert.IsEmpty(scratch.Entries);
    }

    [TestMethod]
    public void Only_a_head_that_has_the_device_in_it_is_on_its_label()
    {
        using var bench = new LedgerBench(DatabaseKind.Sqlite);
        var early = bench.Append(LedgerBench.Issued("4D41", Id.ToString()));
        bench.Append(new HeadSigned(early.Seq, early.Hash, "4A01"));
        var recorded = bench.Append(LedgerBench.Recorded(Id, "24:0a:c4:00:00:01", "4D41"));
        Assert.IsNull(Content(bench).Head, "signed before the device was there");
        bench.Append(new HeadSigned(recorded.Seq, recorded.Hash, "4A01"));
        Assert.AreEqual(recorded.Hash, Content(bench).Head);
    }

    private static LedgerBench WithDevice(DatabaseKind kind)
    {
        var bench = new LedgerBench(kind);
        bench.Append(LedgerBench.Issued("4D41", Id.ToString()), LedgerBench.Recorded(Id, "24:0a:c4:00:00:01", "4D41", "spring"));
        return bench;
    }

    private static LedgerDevice Device(LedgerBench bench) => bench.Ask(view => view.FindDevice(Id)!);

    private static LabelContent Content(LedgerBench bench) => bench.Ask(view => LabelContent.Of(view.FindDevice(Id)!, view));
}
