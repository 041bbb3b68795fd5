using System;
using System.Linq;
using Makapix.Provisioning.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker;

[TestClass]
public sealed class PlayerAclTests
{
    // The whole list of the player protocol, section 4, less $SYS, which no service of ours needs.
    private const string Expected = """
        user svc_backend
        topic deny makapix/player/svc_backend/#
        topic read makapix/player/+/status
        topic read makapix/player/+/request/+
        topic read makapix/player/+/view
        topic read makapix/player/+/capabilities
        topic read makapix/player/+/state
        topic read makapix/player/+/command/ack
        topic write makapix/player/+/command
        topic write makapix/player/+/response/+
        topic write makapix/player/+/view/ack

        pattern read makapix/player/%u/command
        pattern read makapix/player/%u/response/#
        pattern read makapix/player/%u/view/ack
        pattern write makapix/player/%u/status
        pattern write makapix/player/%u/request/+
        pattern write makapix/player/%u/view
        pattern write makapix/player/%u/capabilities
        pattern write makapix/player/%u/state
        pattern write makapix/player/%u/command/ack

        """;

    [TestMethod]
    public void Is_the_list_of_the_player_protocol() => Assert.AreEqual(Expected, PlayerAcl.Text(["svc_backend"]));

    [TestMethod]
    public void Nobody_reads_everything() =>
        Assert.IsFalse(PlayerAcl.Text(["svc_backend", "op_watch"]).Split('\n').Any(line => line.EndsWith(" #", StringComparison.Ordinal)));

    [TestMethod]
    [DataRow("svc\ntopic readwrite #", DisplayName = "a rule smuggled in behind a line break")]
    [DataRow("svc topic", DisplayName = "a second word")]
    [DataRow("+", DisplayName = "a wildcard")]
    [DataRow("", DisplayName = "no name at all")]
    public void Refuses_a_name_that_would_be_more_than_a_name(string name) =>
        Assert.AreEqual("MKX-BROKER-001", Assert.ThrowsExactly<BrokerException>(() => PlayerAcl.Text([name])).Code);
}
