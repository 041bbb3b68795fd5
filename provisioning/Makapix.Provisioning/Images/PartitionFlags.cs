using System;

namespace Makapix.Provisioning.Images;

/// <summary>Flags of a partition table row (gen_esp32part.py).</summary>
[Flags]
public enum PartitionFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Read and written through flash encryption, once the chip has it on.</summary>
    Encrypted = 1,

    /// <summary>Never written by the firmware.</summary>
    ReadOnly = 2,
}
