namespace Makapix.Provisioning.Chips;

/// <summary>A key block. Its content is never kept, only what identifies it.</summary>
/// <param name="Name"><c>BLOCK1</c>, <c>BLOCK_KEY0</c>, ….</param>
/// <param name="Readable">Whether software can read it.</param>
/// <param name="Writeable">Whether more bits can be burned.</param>
/// <param name="IsEmpty">Whether it is readable and every bit is 0.</param>
/// <param name="KeyHash">
/// SHA-256, as lower-case hex, of the block's bytes in reverse: the order of a flash encryption key before espefuse reversed it into the block.
/// Null if it cannot be read or is empty.
/// </param>
public sealed record EfuseBlock(string Name, bool Readable, bool Writeable, bool IsEmpty, string? KeyHash);
