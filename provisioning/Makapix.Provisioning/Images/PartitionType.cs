namespace Makapix.Provisioning.Images;

/// <summary>Partition types of a table (esp_partition.h, esp_partition_type_t); 0x40…0xFE are the application's own.</summary>
public static class PartitionType
{
    /// <summary>A program the bootloader can start.</summary>
    public const byte App = 0x00;

    /// <summary>Anything else.</summary>
    public const byte Data = 0x01;
}
