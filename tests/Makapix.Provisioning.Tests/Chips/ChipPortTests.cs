using Makapix.Provisioning.Chips;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Chips;

[TestClass]
public sealed class ChipPortTests
{
    [TestMethod]
    [DataRow("socket://127.0.0.1:3333", "socket://127.0.0.1:3333")]
    [DataRow("SOCKET://localhost:3333", "socket://127.0.0.1:3333")]
    [DataRow("socket://[::1]:3333", "socket://[::1]:3333")]
    public void Loopback_socket_is_a_virtual_chip_in_its_loader(string name, string expected)
    {
        var port = ChipPort.Parse(name);
        Assert.AreEqual(expected, port.Name);
        Assert.IsTrue(port.IsVirtual);
        Assert.AreEqual(ResetMode.NoReset, port.Before);
    }

    [TestMethod]
    [DataRow("socket://192.168.1.10:3333", DisplayName = "key over the network")]
    [DataRow("socket://127.0.0.1.evil.example:3333", DisplayName = "host that looks like loopback")]
    [DataRow("socket://127.0.0.1:3333?logging=debug", DisplayName = "pyserial logs what passes")]
    [DataRow("socket://127.0.0.1", DisplayName = "no port")]
    [DataRow("socket://127.0.0.1:0", DisplayName = "port 0")]
    [DataRow("spy:///dev/ttyUSB0?file=/tmp/key", DisplayName = "pyserial writes what passes to a file")]
    [DataRow("rfc2217://127.0.0.1:3333", DisplayName = "remote serial port")]
    [DataRow("@/tmp/arguments", DisplayName = "esptool reads arguments from a file")]
    [DataRow("--after", DisplayName = "an option")]
    [DataRow("", DisplayName = "nothing")]
    public void Port_that_a_key_must_not_pass_is_refused(string name) =>
        Assert.AreEqual("MKX-CHIP-011", Assert.ThrowsExactly<ChipException>(() => ChipPort.Parse(name)).Code);

    [TestMethod]
    public void Missing_serial_port_is_said_before_a_tool_is_started() =>
        Assert.AreEqual("MKX-CHIP-010", Assert.ThrowsExactly<ChipException>(() => ChipPort.Parse("/dev/ttyNoSuchPort")).Code);

    [TestMethod]
    public void Serial_port_is_reset_by_its_lines_unless_told_otherwise()
    {
        Assert.AreEqual(ResetMode.DefaultReset, ChipPort.Parse("/dev/null").Before);
        Assert.AreEqual(ResetMode.NoReset, ChipPort.Parse("/dev/null", ResetMode.NoReset).Before);
        Assert.IsFalse(ChipPort.Parse("/dev/null").IsVirtual);
    }
}
