using System;

namespace Makapix.VirtualEsp32.Tests.Support;

/// <summary>Works the eFuse controller over the wire as espefuse does.</summary>
internal static class EfuseHost
{
    public const uint Base = 0x3FF5A000;
    public const uint Conf = Base + 0xFC;
    public const uint Cmd = Base + 0x104;

    private static readonly uint[] ReadOffsets = [0x00, 0x38, 0x58, 0x78];
    private static readonly uint[] WriteOffsets = [0x1C, 0x98, 0xB8, 0xD8];

    public static uint ReadWord(LoaderClient client, int block, int word) => client.ReadRegister(Base + ReadOffsets[block] + ((uint)word * 4));

    public static uint PendingWord(LoaderClient client, int block, int word) => client.ReadRegister(Base + WriteOffsets[block] + ((uint)word * 4));

    public static void Prepare(LoaderClient client, int block, params uint[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            client.WriteRegister(Base + WriteOffsets[block] + ((uint)i * 4), words[i]);
        }
    }

    public static void Program(LoaderClient client)
    {
        client.WriteRegister(Conf, 0x5A5A);
        client.WriteRegister(Cmd, 2);
    }

    public static void Refresh(LoaderClient client)
    {
        client.WriteRegister(Conf, 0x5AA5);
        client.WriteRegister(Cmd, 1);
    }

    public static void Burn(LoaderClient client, int block, params uint[] words)
    {
        Prepare(client, block, words);
        Program(client);
        Refresh(client);
    }

    /// <summary>Seven words of BLOCK0 with one field set.</summary>
    public static uint[] Block0(int word, uint value)
    {
        var words = new uint[7];
        words[word] = value;
        return words;
    }

    public static uint[] RandomBlock(Random random)
    {
        var words = new uint[8];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = (uint)random.NextInt64(1L << 32);
        }

        return words;
    }
}
