using System;
using System.IO;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

[TestClass]
public sealed class StateDirectoryTests
{
    [TestMethod]
    public void TwoCannotHaveOneChip()
    {
        using var directory = new ChipDirectory();
        using (VirtualChip.Open(directory.Path))
        {
            Refused("011", () => VirtualChip.Open(directory.Path));
        }

        using var freed = VirtualChip.Open(directory.Path);
        Assert.AreEqual(directory.Path, freed.Directory);
    }

    [TestMethod]
    [DataRow("flash.bin", 0, "012")]
    [DataRow("flash.bin", (4 * 1024 * 1024) - 1, "012")]
    [DataRow("flash.bin", 8 * 1024 * 1024, "012")]
    [DataRow("efuse.bin", 0, "013")]
    [DataRow("efuse.bin", 287, "013")]
    [DataRow("efuse.bin", 1024, "013")]
    public void FileOfAnotherSizeIsRefusedAndLeftAlone(string name, int length, string code)
    {
        using var directory = new ChipDirectory();
        Directory.CreateDirectory(directory.Path);
        var path = Path.Combine(directory.Path, name);
        File.WriteAllBytes(path, new byte[length]);
        Refused(code, () => VirtualChip.Open(directory.Path));
        Assert.AreEqual(length, new FileInfo(path).Length);
        Refused(code, () => VirtualChip.Open(directory.Path)); // and the lock is free again
    }

    [TestMethod]
    public void DirectoryThatIsAFileIsRefused()
    {
        using var directory = new ChipDirectory();
        File.WriteAllText(directory.Path, "");
        Refused("010", () => VirtualChip.Open(directory.Path));
    }

    [TestMethod]
    public void FileThatIsADirectoryIsRefused()
    {
        using var directory = new ChipDirectory();
        Directory.CreateDirectory(Path.Combine(directory.Path, "flash.bin"));
        Refused("010", () => VirtualChip.Open(directory.Path));
    }

    [TestMethod]
    public void AnotherMacThanTheChipsIsRefused()
    {
        using var directory = new ChipDirectory();
        var mac = FactoryMac.Parse("24:0a:c4:00:00:01");
        VirtualChip.Open(directory.Path, mac).Dispose();
        VirtualChip.Open(directory.Path, mac).Dispose();
        Refused("014", () => VirtualChip.Open(directory.Path, FactoryMac.Parse("24:0a:c4:00:00:02")));
    }

    [TestMethod]
    [DataRow("", "020")]
    [DataRow("24:0a:c4:01:02", "020")]
    [DataRow("24:0a:c4:01:02:03:04", "020")]
    [DataRow("24:0a:c4:01:02:3", "020")]
    [DataRow("24:0a:c4:01:02:xy", "020")]
    [DataRow("240ac4010203", "020")]
    [DataRow("+4:0a:c4:01:02:03", "020")]
    [DataRow("25:0a:c4:01:02:03", "021", DisplayName = "a multicast address")]
    [DataRow("ff:ff:ff:ff:ff:ff", "021", DisplayName = "the broadcast address")]
    public void BadMacIsRefused(string text, string code) => Refused(code, () => FactoryMac.Parse(text));

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void StateIsReadableByItsOwnerAlone()
    {
        using var directory = new ChipDirectory();
        VirtualChip.Open(directory.Path).Dispose();
#pragma warning disable CA1416 // the condition above says so
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(directory.EfuseFile));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(directory.FlashFile));
#pragma warning restore CA1416
    }

    private static void Refused(string number, Func<object> action)
    {
        var refusal = Assert.ThrowsExactly<VirtualChipException>(action);
        Assert.AreEqual($"MKX-VCHIP-{number}", refusal.Code);
        Assert.EndsWith(".", refusal.Cause);
        Assert.EndsWith(".", refusal.NextStep);
    }
}
