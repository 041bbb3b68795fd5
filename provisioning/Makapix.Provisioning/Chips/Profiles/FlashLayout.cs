using Makapix.Provisioning.Images;

namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>Where nanoFramework has its partitions on a flash of one size (<c>partitions_nanoclr_*mb.csv</c>).</summary>
/// <param name="FlashSize">Bytes of flash.</param>
/// <param name="FactorySize">Bytes of nanoCLR's partition, which begins at 0x10000 everywhere.</param>
/// <param name="Deploy">Where the managed assemblies begin.</param>
/// <param name="DeploySize">Bytes of theirs.</param>
/// <param name="Config">Where nanoFramework's own files begin.</param>
/// <param name="ConfigSize">Bytes of theirs.</param>
public sealed record FlashLayout(uint FlashSize, uint FactorySize, uint Deploy, uint DeploySize, uint Config, uint ConfigSize)
{
    /// <summary>
    /// nanoFramework's table with what flash encryption asks for: deploy and config are flagged, and NVS gives its last sector to nvs_keys.
    /// nanoCLR finds partitions by their type, so it needs no other build.
    /// </summary>
    public PartitionTable ToPartitionTable() => PartitionTable.ParseCsv(ToCsv(), PartitionTable.DefaultOffset);

    /// <summary>The same as the rows of a CSV file.</summary>
    internal string ToCsv() =>
        $"""
        nvs,      data, nvs,      0x9000,   0x5000,
        nvs_keys, data, nvs_keys, 0xE000,   0x1000,   encrypted
        phy_init, data, phy,      0xF000,   0x1000,
        factory,  app,  factory,  0x10000,  0x{FactorySize:X},
        deploy,   data, 0x84,     0x{Deploy:X}, 0x{DeploySize:X}, encrypted
        config,   data, littlefs, 0x{Config:X}, 0x{ConfigSize:X}, encrypted
        """;
}
