using System.Linq;
using Makapix.Cli.Fleet;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Fleet;

/// <summary>A histogram in one line shows the busiest second of each column, and a single attempt too.</summary>
[TestClass]
public sealed class SparklineTests
{
    [TestMethod]
    public void One_attempt_can_be_seen_beside_a_thousand() => Assert.AreEqual("▁ █", Sparkline.Draw([1, 0, 1000], 1, 1000));

    [TestMethod]
    public void A_column_is_as_high_as_its_busiest_second() => Assert.AreEqual(" █▄", Sparkline.Draw([0, 0, 1, 8, 4], 2, 8));

    [TestMethod]
    public void Nothing_is_an_empty_line() => Assert.AreEqual("", Sparkline.Draw([], 1, 1));

    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(60, 1)]
    [DataRow(61, 2)]
    [DataRow(960, 16)]
    public void However_long_it_took_it_fits(int seconds, int perColumn)
    {
        Assert.AreEqual(perColumn, Sparkline.SecondsPerColumn(seconds));
        Assert.IsLessThanOrEqualTo(Sparkline.Columns, Sparkline.Draw(Enumerable.Repeat(1, seconds), perColumn, 1).Length);
    }
}
