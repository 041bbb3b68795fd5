using System.Linq;
using Makapix.Provisioning.Broker;
using Makapix.Provisioning.Broker.Check;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Check;

/// <summary>Attacks by their names.</summary>
[TestClass]
public sealed class AttackTableTests
{
    [TestMethod]
    public void No_two_have_one_name() => Assert.HasCount(AttackTable.All.Length, AttackTable.All.Select(attack => attack.Name).Distinct());

    [TestMethod]
    public void Without_a_name_all_are_meant_and_with_some_those_in_the_tables_order()
    {
        Assert.AreEqual(AttackTable.All.Length, AttackTable.Named([]).Length);
        Assert.AreEqual("flapping retained", string.Join(' ', AttackTable.Named(["retained", "flapping", "retained"]).Select(attack => attack.Name)));
    }

    [TestMethod]
    [DataRow("nonsense")]
    [DataRow("")]
    [DataRow("Flapping")]
    public void An_unknown_name_is_answered_with_those_that_there_are(string name)
    {
        var refused = Assert.ThrowsExactly<BrokerException>(() => BrokerCheck.Require(new CheckOptions { Only = ["flapping", name] }));
        Assert.AreEqual("MKX-BROKER-051", refused.Code);
        Assert.Contains($"'{name}'", refused.Cause);
        Assert.IsTrue(AttackTable.All.All(attack => refused.NextStep.Contains(attack.Name, System.StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Against_nobody_is_no_check() => Assert.ThrowsExactly<System.ArgumentOutOfRangeException>(() => BrokerCheck.Require(new CheckOptions { Targets = [] }));

    [TestMethod]
    [DataRow(0, "00")]
    [DataRow(127, "7F")]
    [DataRow(128, "8001")]
    [DataRow(16_383, "FF7F")]
    [DataRow(16_384, "808001")]
    [DataRow(268_435_455, "FFFFFF7F")]
    public void A_length_takes_as_many_bytes_as_the_standard_says(int value, string bytes) => Assert.AreEqual(bytes, System.Convert.ToHexString(MqttBytes.Length(value)));
}
