using System;
using System.IO;
using System.Linq;
using Makapix.VirtualEsp32.Flash;
using Makapix.VirtualEsp32.Tests.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests;

[TestClass]
public sealed class NorFlashTests
{
    private const int Window = 4 * NorFlash.SectorSize;

    [TestMethod]
    public void FreshFlashIsErased()
    {
        using var directory = new ChipDirectory();
        using (VirtualChip.Open(directory.Path))
        {
            var content = File.ReadAllBytes(directory.FlashFile);
            Assert.HasCount(4 * 1024 * 1024, content);
            Assert.IsFalse(content.AsSpan().ContainsAnyExcept((byte)0xFF));
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void AnySequenceOfOperationsDoesWhatNorFlashDoes(int seed)
    {
        using var directory = new ChipDirectory();
        var random = new Random(seed);
        var model = Enumerable.Repeat((byte)0xFF, Window).ToArray();
        using (var chip = VirtualChip.Open(directory.Path))
        {
            for (var i = 0; i < 300; i++)
            {
                var address = random.Next(Window);
                if (random.Next(8) == 0)
                {
                    chip.Flash.EraseSector((uint)address);
                    model.AsSpan(address / NorFlash.SectorSize * NorFlash.SectorSize, NorFlash.SectorSize).Fill(0xFF);
                }
                else
                {
                    var data = new byte[random.Next(Math.Min(1500, Window - address) + 1)];
                    random.NextBytes(data);
                    chip.Flash.Program((uint)address, data);
                    for (var at = 0; at < data.Length; at++)
                    {
                        model[address + at] &= data[at];
                    }
                }
            }

            CollectionAssert.AreEqual(model, Read(chip));
            CollectionAssert.AreEqual(model, File.ReadAllBytes(directory.FlashFile)[..Window], "written through");
        }

        using var again = VirtualChip.Open(directory.Path);
        CollectionAssert.AreEqual(model, Read(again), "survives");
    }

    [TestMethod]
    [DataRow(0x400000u, 0)]
    [DataRow(0x3FFFFFu, 2)]
    [DataRow(0xFFFFFFFFu, 1)]
    public void NothingLiesBeyondTheFlash(uint address, int length)
    {
        using var directory = new ChipDirectory();
        using var chip = VirtualChip.Open(directory.Path);
        if (length > 0)
        {
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => chip.Flash.Program(address, new byte[length]));
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => chip.Flash.Read(address, new byte[length]));
        }
        else
        {
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => chip.Flash.EraseSector(address));
        }
    }

    private static byte[] Read(VirtualChip chip)
    {
        var content = new byte[Window];
        chip.Flash.Read(0, content);
        return content;
    }
}
