using System;

namespace Makapix.Footprint;

/// <summary>
/// What an object takes of the managed heap of a 32-bit nanoCLR. All of it is made of heap blocks of 12 bytes (nf-interpreter, nanoCLR_Runtime__HeapBlock.h):
/// a header, then a block for each field, whatever its type; an array's elements and a string's text are packed behind the header.
/// </summary>
public static class NanoHeap
{
    /// <summary>sizeof(CLR_RT_HeapBlock), bytes.</summary>
    public const int Block = 12;

    /// <summary>A string that stands in the assembly: the header alone, which points into flash (CLR_RT_HeapBlock_String::CreateInstance).</summary>
    public const int Literal = Block;

    /// <summary>sizeof(CLR_RT_HeapBlock_Delegate) with the stack that debug builds keep, rounded up.</summary>
    public const int Delegate = 3 * Block;

    // CLR_RT_HeapBlock_Array: a block, the number of elements, and four bytes on their type.
    private const int ArrayHeader = Block + 8;

    /// <summary>An instance of a class (CLR_RT_ExecutionEngine::NewObject).</summary>
    /// <param name="fields">Instance fields, those of its base classes among them.</param>
    public static int Object(int fields) => (1 + fields) * Block;

    /// <summary>An array (CLR_RT_ExecutionEngine::ExtractHeapBlocksForArray).</summary>
    public static int Array(int length, Type element) => Round(ArrayHeader + (length * ElementBytes(element)));

    /// <summary>A string made at run time: UTF-8, ended by NUL.</summary>
    public static int Text(int utf8Bytes) => Round(Block + utf8Bytes + 1);

    // c_CLR_RT_DataTypeLookup: numbers are packed, everything else is a block.
    private static int ElementBytes(Type element) => Type.GetTypeCode(element) switch
    {
        TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte => 1,
        TypeCode.Char or TypeCode.Int16 or TypeCode.UInt16 => 2,
        TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => 4,
        TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Double => 8,
        _ => Block,
    };

    private static int Round(int bytes) => (bytes + Block - 1) / Block * Block;
}
