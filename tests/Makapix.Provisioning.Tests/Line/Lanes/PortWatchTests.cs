using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Line.Lanes;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line.Lanes;

/// <summary>What is seen of ports without opening one.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
[UnsupportedOSPlatform("windows")]
public sealed class PortWatchTests : IDisposable
{
    private readonly Scratch _dev = new();

    public void Dispose() => _dev.Dispose();

    [TestMethod]
    public void Linux_names_the_socket_and_not_the_order_of_plugging_in()
    {
        Device("ttyUSB0");
        Device("ttyUSB1");
        Device("ttyS0");
        Link("pci-0000:00:14.0-usb-0:2:1.0-port0", "ttyUSB0");
        Link("pci-0000:00:14.0-usb-0:1:1.0-port0", "ttyUSB1");
        CollectionAssert.AreEqual(new[] { ByPath("pci-0000:00:14.0-usb-0:1:1.0-port0"), ByPath("pci-0000:00:14.0-usb-0:2:1.0-port0") }, Linux());
    }

    [TestMethod]
    public void Two_links_to_one_device_are_one_port()
    {
        Device("ttyUSB0");
        Link("pci-0000:00:14.0-usbv2-0:1:1.0-port0", "ttyUSB0");
        Link("pci-0000:00:14.0-usb-0:1:1.0-port0", "ttyUSB0");
        CollectionAssert.AreEqual(new[] { ByPath("pci-0000:00:14.0-usb-0:1:1.0-port0") }, Linux());
    }

    [TestMethod]
    public void Link_that_a_board_left_behind_is_no_port()
    {
        Device("ttyUSB0");
        Link("usb-1", "ttyUSB0");
        Link("usb-2", "ttyUSB7");
        CollectionAssert.AreEqual(new[] { ByPath("usb-1") }, Linux());
    }

    [TestMethod]
    public void Without_udev_a_port_goes_by_its_own_name_and_a_port_of_the_mainboard_by_none()
    {
        Device("ttyACM0");
        Device("ttyUSB0");
        Device("ttyS0");
        CollectionAssert.AreEqual(new[] { _dev.At("ttyACM0"), _dev.At("ttyUSB0") }, Linux().Order(StringComparer.Ordinal).ToArray());
    }

    [TestMethod]
    public void Board_that_was_unplugged_and_plugged_in_again_has_another_mark()
    {
        Device("ttyUSB0");
        Link("usb-1", "ttyUSB0");
        var before = new LinuxPortWatch(_dev.Root).Look().Single();
        LanesBench.Until(
            () =>
            {
                File.Delete(ByPath("usb-1"));
                Link("usb-1", "ttyUSB0");
                return new LinuxPortWatch(_dev.Root).Look().Single().Mark != before.Mark;
            },
            "the link was made at another time");
        var after = new LinuxPortWatch(_dev.Root).Look().Single();
        File.WriteAllText(_dev.At("ttyUSB0"), "esptool writes to it");
        Assert.AreEqual(after, new LinuxPortWatch(_dev.Root).Look().Single(), "what is written to the port does not change it");
    }

    [TestMethod]
    public void Mac_has_ports_of_cu_alone()
    {
        Device("cu.usbserial-1420");
        Device("cu.Bluetooth-Incoming-Port");
        Device("tty.usbserial-1420");
        Device("cu.SLAB_USBtoUART");
        CollectionAssert.AreEqual(new[] { _dev.At("cu.SLAB_USBtoUART"), _dev.At("cu.usbserial-1420") }, new MacPortWatch(_dev.Root).Look().Select(port => port.Name).ToArray());
    }

    [TestMethod]
    [DataRow("is named twice", "ttyUSB0", "ttyUSB0", DisplayName = "by one name")]
    [DataRow("are one port", "ttyUSB0", "serial/by-path/usb-1", DisplayName = "by its link")]
    public void Port_that_is_named_twice_is_refused(string words, string first, string second)
    {
        Device("ttyUSB0");
        Link("usb-1", "ttyUSB0");
        var refused = Assert.ThrowsExactly<LineException>(() => Named(_dev.At(first), _dev.At(second)));
        Assert.AreEqual("MKX-LINE-160", refused.Code);
        Assert.Contains(words, refused.Cause);
    }

    [TestMethod]
    public void Virtual_chip_that_is_named_twice_is_refused() =>
        Assert.AreEqual("MKX-LINE-160", Assert.ThrowsExactly<LineException>(() => Named("socket://127.0.0.1:4321", "SOCKET://localhost:4321")).Code);

    [TestMethod]
    [DataRow("spy:///dev/ttyUSB0?file=key", DisplayName = "would write the key to a file")]
    [DataRow("rfc2217://192.0.2.1:4000", DisplayName = "would send the key over a network")]
    [DataRow("socket://192.0.2.1:4000", DisplayName = "not on this machine")]
    [DataRow("--port", DisplayName = "an option of esptool")]
    public void Name_that_is_no_port_for_a_key_is_refused(string name) => Assert.AreEqual("MKX-CHIP-011", Assert.ThrowsExactly<ChipException>(() => Named(name)).Code);

    [TestMethod]
    public void Port_that_is_not_there_yet_is_waited_for()
    {
        var watch = Named(_dev.At("ttyUSB0"));
        CollectionAssert.AreEqual(new[] { _dev.At("ttyUSB0") }, watch.Expected.ToArray());
        Assert.IsEmpty(watch.Look());
        Device("ttyUSB0");
        Assert.AreEqual(_dev.At("ttyUSB0"), watch.Look().Single().Name);
    }

    [TestMethod]
    public void Virtual_chip_is_there_while_it_listens_and_nobody_connects_to_see_that()
    {
        using var chip = new TcpListener(IPAddress.Loopback, FreePort.Pick());
        var name = $"socket://{chip.LocalEndpoint}";
        var watch = Named(name);
        Assert.IsEmpty(watch.Look());
        chip.Start();
        Assert.AreEqual(name, watch.Look().Single().Name);
        Assert.IsFalse(chip.Pending(), "to connect would reset the chip");

        // A process that another test starts has its socket too, until it is another program.
        chip.Stop();
        LanesBench.Until(() => watch.Look().Count == 0, "nobody listens any more");
    }

    private static NamedPortWatch Named(params string[] names) => new(names, PortWatches.OfThisMachine());

    private void Device(string name) => _dev.Write(name, "");

    private void Link(string name, string device)
    {
        _dev.Folder("serial", "by-path");
        File.CreateSymbolicLink(ByPath(name), $"../../{device}");
    }

    private string ByPath(string name) => _dev.At("serial", "by-path", name);

    private string[] Linux() => [.. new LinuxPortWatch(_dev.Root).Look().Select(port => port.Name)];
}
