using System.Collections.Generic;
using System.IO;
using System.Linq;
using Makapix.Conformance;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Payloads;

/// <summary>
/// The guard's verdicts are those of others: python3-jsonschema on a sample of each schema here, and on 100,000 payloads of each in <c>./makapix bench guard</c>;
/// System.Text.Json on what is not even JSON. Nothing is thrown, and nothing allocated.
/// </summary>
[TestClass]
public sealed class ConformanceTests
{
    private const string EveryKeyword = "every-keyword";
    private const int WithLibrary = 2000;
    private const int WithParser = 5000;

    public static IEnumerable<object[]> Schemas() => ContractSchemas.Names.Append(EveryKeyword).Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Schemas))]
    public void The_guard_agrees_with_a_full_JSON_Schema_library(string name)
    {
        using var library = new LibraryOracle([FileOf(name)]);

        AssertEqual(ConformanceRun.Of(FileOf(name), WithLibrary, seed: 1, library));
    }

    [TestMethod]
    [DynamicData(nameof(Schemas))]
    public void The_guard_agrees_with_a_strict_parser(string name) => AssertEqual(ConformanceRun.Of(FileOf(name), WithParser, seed: 2));

    private static void AssertEqual(ConformanceResult result)
    {
        Assert.AreEqual(0, result.Differences, result.FirstDifference);
        Assert.AreEqual(0, result.Exceptions);
        Assert.AreEqual(0, result.AllocatedBytes);
        Assert.IsGreaterThan(result.Payloads / 10, result.Accepted, "payloads that are all wrong prove little");
        Assert.IsLessThan(result.Payloads * 9 / 10, result.Accepted, "and so do payloads that are all right");
    }

    private static string FileOf(string name) => name == EveryKeyword
        ? Path.Combine(ContractSchemas.Root, "tests/Makapix.Device.Tests/Fixtures", $"{name}.schema.json")
        : ContractSchemas.File(name);
}
