using System;
using System.Collections.Immutable;
using System.Linq;

namespace Makapix.VirtualEsp32.Efuse;

/// <summary>The eFuses of one kind of chip: where each field lies, which WR_DIS and RD_DIS bits guard it, and how the file has them.</summary>
internal sealed class EfuseMap
{
    /// <param name="title">The chip, as people have it.</param>
    /// <param name="imageSize">Bytes of the controller's registers, as espefuse's file has them.</param>
    /// <param name="cryptCounter">The field that turns flash encryption on while it has an odd number of ones.</param>
    /// <param name="blocks">By ascending index.</param>
    /// <param name="fields">Every field that something guards, and every one that is read by name.</param>
    public EfuseMap(string title, int imageSize, string cryptCounter, ImmutableArray<EfuseBlock> blocks, ImmutableArray<EfuseField> fields)
    {
        Title = title;
        ImageSize = imageSize;
        CryptCounter = cryptCounter;
        Blocks = blocks;
        Fields = fields;
        TotalWords = blocks.Sum(block => block.Words);
        FileSize = Math.Max(imageSize, blocks.Max(block => block.HiddenOffset is { } hidden ? (int)hidden + (block.Words * sizeof(uint)) : 0));
    }

    public string Title { get; }

    public int ImageSize { get; }

    /// <summary>Bytes of the file: the registers, and behind them what those have no room for.</summary>
    public int FileSize { get; }

    public string CryptCounter { get; }

    public ImmutableArray<EfuseBlock> Blocks { get; }

    public ImmutableArray<EfuseField> Fields { get; }

    /// <summary>Words of all blocks together.</summary>
    public int TotalWords { get; }

    /// <exception cref="ArgumentException">The chip has no such eFuse.</exception>
    public EfuseField Find(string name)
    {
        foreach (var field in Fields)
        {
            if (field.Name == name)
            {
                return field;
            }
        }

        throw new ArgumentException($"The {Title} has no eFuse '{name}'.", nameof(name));
    }

    /// <summary>The value of a field of at most 32 bits, none of which is in the next word.</summary>
    /// <param name="words">Of all blocks.</param>
    /// <param name="field">One of this map.</param>
    public uint Number(ReadOnlySpan<uint> words, EfuseField field) => (words[Blocks[field.Block].FirstWord + field.Word] >> field.Position) & (uint)((1UL << field.Length) - 1);
}
