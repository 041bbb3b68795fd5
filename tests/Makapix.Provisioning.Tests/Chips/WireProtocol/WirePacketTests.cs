using System;
using System.Linq;
using System.Text;
using Makapix.Provisioning.Chips.WireProtocol;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Chips.WireProtocol;

/// <summary>The debug protocol's bytes, and an ear for them.</summary>
[TestClass]
public sealed class WirePacketTests
{
    // Put together by hand from nf-interpreter's WireProtocol.h, its CRC-32 by SUPPORT_ComputeCRC's table in another language.
    [TestMethod]
    public void Ping_is_what_the_debugger_sends() => Assert.AreEqual(
        "4E46504B54563100E5414EC6ECB46BAC00000000000000000020000008000000" + "0200010000000000",
        Convert.ToHexString(WirePacket.Ping()));

    [TestMethod]
    [DataRow("NFPKTV1", true)]
    [DataRow("NFDBGV1", true)]
    [DataRow("ets Jun  8 2016 NFPKTV1\0", true)]
    [DataRow("NFPKNFPKTV1", true, DisplayName = "a marker in a broken one")]
    [DataRow("NNFPKTV1", true)]
    [DataRow("NFPKTV2", false)]
    [DataRow("nfpktv1", false)]
    [DataRow("NFPKDBGV1", false)]
    public void Marker_is_heard_amid_noise_however_it_is_cut(string text, bool heard)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        Assert.AreEqual(heard, new WireScanner().Feed(bytes), "whole");
        var scanner = new WireScanner();
        Assert.AreEqual(heard, bytes.Select(value => scanner.Feed([value])).ToArray().Any(one => one), "byte by byte");
    }
}
