namespace Makapix.Provisioning.Images;

/// <summary>Partition subtypes that this project names (esp_partition.h, esp_partition_subtype_t, and nanoFramework's own).</summary>
public static class PartitionSubType
{
    /// <summary>App: the factory program, nanoCLR.</summary>
    public const byte AppFactory = 0x00;

    /// <summary>Data: which OTA slot to boot.</summary>
    public const byte DataOta = 0x00;

    /// <summary>Data: PHY initialisation.</summary>
    public const byte DataPhy = 0x01;

    /// <summary>Data: key-value store. Never flagged encrypted: it encrypts itself, with the keys of <see cref="DataNvsKeys"/>.</summary>
    public const byte DataNvs = 0x02;

    /// <summary>Data: core dumps.</summary>
    public const byte DataCoreDump = 0x03;

    /// <summary>Data: the keys of NVS encryption.</summary>
    public const byte DataNvsKeys = 0x04;

    /// <summary>Data: LittleFS; nanoFramework's <c>config</c>.</summary>
    public const byte DataLittleFs = 0x83;

    /// <summary>Data: nanoFramework's <c>deploy</c>, the managed assemblies. Espressif's tools know it by its number only.</summary>
    public const byte DataNanoDeployment = 0x84;
}
