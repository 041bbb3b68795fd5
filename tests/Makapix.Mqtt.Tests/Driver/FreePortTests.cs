using System.Linq;
using Makapix.Mqtt.Desktop;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Mqtt.Tests.Driver;

[TestClass]
public sealed class FreePortTests
{
    [TestMethod]
    public void Those_who_ask_at_once_get_different_ones_though_nobody_listens_yet()
    {
        var ports = Enumerable.Range(0, 500).AsParallel().WithDegreeOfParallelism(8).Select(_ => FreePort.Pick()).ToList();
        Assert.AreEqual(ports.Count, ports.Distinct().Count());
        Assert.IsTrue(ports.All(port => port is >= 20_000 and < 30_000));
    }
}
