using System.IO;
using Makapix.Cli.Demo;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Demo;

/// <summary>The demo's sabotage of a chip.</summary>
[TestClass]
public sealed class SiliconFileTests
{
    [TestMethod]
    public void Is_changed_while_somebody_reads_it_as_another_demo_does_that_searches_temp_for_its_secrets()
    {
        using var scratch = new Scratch();
        var path = scratch.Write("flash.bin", [1, 2, 3, 4]);
        using (File.OpenRead(path))
        {
            SiliconFile.FlipBit(path, offset: 1, bit: 7);
            SiliconFile.Write(path, offset: 2, [5, 6]);
        }

        CollectionAssert.AreEqual(new byte[] { 1, 0x82, 5, 6 }, File.ReadAllBytes(path));
    }
}
