using System;
using System.Buffers.Binary;
using System.IO;
using System.Security.Cryptography;
using Makapix.Provisioning.Storage;

namespace Makapix.VirtualEsp32.Efuse;

/// <summary>
/// <c>efuse.bin</c>, in the layout of <c>espefuse --virt --path-efuse-file</c>: an image of the controller's registers, all its bytes in reverse order, so that
/// the register at offset o is the big-endian word at size - 4 - o.
/// The read registers hold what software may read, as in the file that espefuse itself writes: zeros where RD_DIS hides a key, or a summary would
/// print it. What is hidden lies where espefuse has nothing: on the ESP32 at the same place in the write registers, on the other chips behind the registers, and in reverse too.
/// The fuses are therefore always <c>read | hidden</c>, and since keys are burned byte-reversed, what lies there is a key as espsecure takes it.
/// </summary>
internal sealed class EfuseFile(string path, EfuseMap map)
{
    /// <summary>The fuses in the file: words of all blocks. A file that espefuse has just burned has nothing hidden.</summary>
    /// <exception cref="InvalidDataException">The file is neither as long as this type writes it nor as espefuse does.</exception>
    public uint[] Load()
    {
        var image = new byte[map.FileSize];
        var content = File.ReadAllBytes(path);
        try
        {
            if (content.Length != map.FileSize && content.Length != map.ImageSize)
            {
                throw new InvalidDataException($"{content.Length} bytes");
            }

            content.CopyTo(image, 0);
            var words = new uint[map.TotalWords];
            foreach (var block in map.Blocks)
            {
                for (uint i = 0; i < block.Words; i++)
                {
                    words[block.FirstWord + i] = BinaryPrimitives.ReadUInt32BigEndian(Register(image, block.ReadOffset, i))
                        | (block.HiddenOffset is { } hidden ? BinaryPrimitives.ReadUInt32BigEndian(Register(image, hidden, i)) : 0);
                }
            }

            return words;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(image);
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Replaces the file as a whole, so that a process killed at any moment leaves the old fuses or the new ones.</summary>
    public void Save(ReadOnlySpan<uint> words)
    {
        Span<uint> visible = stackalloc uint[map.TotalWords];
        words.CopyTo(visible);
        EfuseProtection.ClearHidden(map, words, visible);

        Span<byte> image = stackalloc byte[map.FileSize];
        image.Clear();
        foreach (var block in map.Blocks)
        {
            for (uint i = 0; i < block.Words; i++)
            {
                var word = block.FirstWord + (int)i;
                BinaryPrimitives.WriteUInt32BigEndian(Register(image, block.ReadOffset, i), visible[word]);
                if (block.HiddenOffset is { } hidden)
                {
                    BinaryPrimitives.WriteUInt32BigEndian(Register(image, hidden, i), words[word] & ~visible[word]);
                }
            }
        }

        DurableFile.Replace(path, image, DurableFile.Private);
        CryptographicOperations.ZeroMemory(image);
    }

    private Span<byte> Register(Span<byte> image, uint offset, uint word)
    {
        var at = (int)(offset + (word * sizeof(uint)));
        return image.Slice((at < map.ImageSize ? map.ImageSize : map.FileSize + map.ImageSize) - sizeof(uint) - at, sizeof(uint));
    }
}
