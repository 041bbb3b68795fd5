using System.IO;
using System.Runtime.Versioning;
using Makapix.Provisioning.Chips;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Chips;

/// <summary>Two names of one device are one port.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
[UnsupportedOSPlatform("windows")]
public sealed class PortLockTests
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("makapix-ports-");

    private string Locks => At("locks");

    [TestInitialize]
    public void Begin()
    {
        Directory.CreateDirectory(At("dev"));
        File.WriteAllText(At("dev/ttyUSB0"), "");
        File.WriteAllText(At("dev/ttyUSB1"), "");
        Directory.CreateDirectory(At("by-path"));
        File.CreateSymbolicLink(At("by-path/left"), "../dev/ttyUSB0");
        File.CreateSymbolicLink(At("by-path/again"), "left");
        Directory.CreateSymbolicLink(At("alias"), "by-path");
    }

    [TestCleanup]
    public void CleanUp() => _scratch.Delete(recursive: true);

    [TestMethod]
    [DataRow("dev/ttyUSB0", DisplayName = "the same name")]
    [DataRow("by-path/../dev/./ttyUSB0", DisplayName = "another spelling")]
    [DataRow("by-path/left", DisplayName = "a link to it")]
    [DataRow("by-path/again", DisplayName = "a link to the link")]
    [DataRow("alias/left", DisplayName = "a link in a folder that is one")]
    public void Port_is_taken_once_by_whatever_name(string other)
    {
        using (PortLock.Take(ChipPort.Parse(At("dev/ttyUSB0")), Locks))
        {
            var refused = Assert.ThrowsExactly<ChipException>(() => PortLock.Take(ChipPort.Parse(At(other)), Locks));
            Assert.AreEqual("MKX-CHIP-016", refused.Code);
        }

        PortLock.Take(ChipPort.Parse(At(other)), Locks).Dispose();
    }

    [TestMethod]
    public void Neighbours_do_not_wait_for_each_other()
    {
        using var first = PortLock.Take(ChipPort.Parse(At("dev/ttyUSB0")), Locks);
        using var second = PortLock.Take(ChipPort.Parse(At("dev/ttyUSB1")), Locks);
        using var third = PortLock.Take(ChipPort.Parse("socket://127.0.0.1:1"), Locks);
        using var fourth = PortLock.Take(ChipPort.Parse("socket://127.0.0.1:2"), Locks);
        Assert.AreEqual("MKX-CHIP-016", Assert.ThrowsExactly<ChipException>(() => PortLock.Take(ChipPort.Parse("SOCKET://localhost:2"), Locks)).Code);
        Assert.HasCount(4, Directory.GetFiles(Locks));
    }

    private string At(string name) => Path.Combine(_scratch.FullName, name);
}
