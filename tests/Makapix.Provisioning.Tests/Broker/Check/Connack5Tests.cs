using System;
using Makapix.Provisioning.Broker.Check;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Check;

/// <summary>What a broker says of the keep-alive, among all else that it may say.</summary>
[TestClass]
public sealed class Connack5Tests
{
    [TestMethod]
    [DataRow("0000" + "00", null, DisplayName = "no property")]
    [DataRow("0000" + "03" + "130078", 120)]
    [DataRow("0000" + "09" + "22000A" + "2100FF" + "130078", 120, DisplayName = "behind others of two bytes")]
    [DataRow("0000" + "14" + "2401" + "2700021000" + "12000361622D" + "1300FF" + "11FFFFFFFF", 255, DisplayName = "between a name and what else there is")]
    [DataRow("0000" + "06" + "120003131313", null, DisplayName = "a name that looks like it")]
    [DataRow("0000" + "02" + "1300", null, DisplayName = "cut short")]
    [DataRow("0000" + "06" + "FF0000130078", null, DisplayName = "behind one that nobody knows")]
    [DataRow("0000" + "04" + "12FFFF00", null, DisplayName = "behind a name longer than the packet")]
    [DataRow("", null, DisplayName = "nothing")]
    public void Is_found_and_nothing_else_is_taken_for_it(string rest, int? expected) => Assert.AreEqual(expected, Connack5.ServerKeepAlive(Convert.FromHexString(rest)));
}
