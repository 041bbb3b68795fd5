using System;
using System.Buffers.Binary;
using System.IO;
using System.Security.Cryptography;
using Makapix.Provisioning.Storage;

namespace Makapix.VirtualEsp32.Efuse;

/// <summary>
/// <c>efuse.bin</c>, in the layout of <c>espefuse --virt --path-efuse-file</c>: an image of the controller's registers 0x000 … 0x11F, all 288 bytes
/// in reverse order, so that the register at offset o is the big-endian word at 284 - o.
/// The read registers hold what software may read, as in the file that espefuse itself writes: zeros where RD_DIS hides a key, or a summary would
/// print it. What is hidden lies at the same place in the write registers, which espefuse leaves empty. The fuses are therefore always
/// <c>read | write</c>: a hidden BLOCK1 is the 32 bytes at 0x68, and since the key is burned byte-reversed, they are the key as espsecure takes it.
/// </summary>
internal sealed class EfuseFile(string path)
{
    public const int Size = 0x120;

    /// <summary>The fuses in the file: words of all blocks.</summary>
    /// <exception cref="InvalidDataException">The file is not 288 bytes long.</exception>
    public uint[] Load()
    {
        var image = File.ReadAllBytes(path);
        try
        {
            if (image.Length != Size)
            {
                throw new InvalidDataException($"{image.Length} bytes");
            }

            var words = new uint[EfuseBlock.TotalWords];
            foreach (var block in EfuseBlock.All)
            {
                for (uint i = 0; i < block.Words; i++)
                {
                    words[block.FirstWord + i] = BinaryPrimitives.ReadUInt32BigEndian(Register(image, block.ReadOffset, i))
                        | BinaryPrimitives.ReadUInt32BigEndian(Register(image, block.WriteOffset, i));
                }
            }

            return words;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(image);
        }
    }

    /// <summary>Replaces the file as a whole, so that a process killed at any moment leaves the old fuses or the new ones.</summary>
    public void Save(ReadOnlySpan<uint> words)
    {
        Span<uint> visible = stackalloc uint[EfuseBlock.TotalWords];
        words.CopyTo(visible);
        EfuseProtection.ClearHidden(words, visible);

        Span<byte> image = stackalloc byte[Size];
        image.Clear();
        foreach (var block in EfuseBlock.All)
        {
            for (uint i = 0; i < block.Words; i++)
            {
                var word = block.FirstWord + (int)i;
                BinaryPrimitives.WriteUInt32BigEndian(Register(image, block.ReadOffset, i), visible[word]);
                BinaryPrimitives.WriteUInt32BigEndian(Register(image, block.WriteOffset, i), words[word] & ~visible[word]);
            }
        }

        DurableFile.Replace(path, image, DurableFile.Private);
        CryptographicOperations.ZeroMemory(image);
    }

    private static Span<byte> Register(Span<byte> image, uint offset, uint word) =>
        image.Slice(Size - sizeof(uint) - (int)(offset + (word * sizeof(uint))), sizeof(uint));
}
