namespace Makapix.VirtualEsp32.Loader;

/// <summary>What the ROM loader answers (esptool documentation, "Serial Protocol", ROM Loader Errors).</summary>
internal enum LoaderStatus : byte
{
    Ok = 0x00,

    /// <summary>Unknown command, or its data is not what the command takes.</summary>
    InvalidFormat = 0x05,

    /// <summary>Well-formed, and cannot be done: flash not attached, range not in the flash, data without a begin.</summary>
    Failed = 0x06,

    BadChecksum = 0x07,

    /// <summary>What is in the flash after programming is not what was sent: it was not erased.</summary>
    FlashWriteError = 0x08,

    FlashReadError = 0x09,

    FlashReadLengthError = 0x0A,

    /// <summary>The stream is not zlib's, is damaged, or goes on after its end.</summary>
    DeflateError = 0x0B,

    /// <summary>The stream unpacks to more than was announced.</summary>
    DeflateParameterError = 0x0D,
}
