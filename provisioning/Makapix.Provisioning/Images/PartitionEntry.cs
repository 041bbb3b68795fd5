namespace Makapix.Provisioning.Images;

/// <summary>One row of a partition table.</summary>
/// <param name="Name">Label: 1…16 printable ASCII characters.</param>
/// <param name="Type">One of <see cref="PartitionType"/>, or the application's own.</param>
/// <param name="SubType">One of <see cref="PartitionSubType"/>, or another number.</param>
/// <param name="Offset">Flash address of the first byte.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Flags">Flags.</param>
public sealed record PartitionEntry(string Name, byte Type, byte SubType, uint Offset, uint Size, PartitionFlags Flags)
{
    /// <summary>Flash address of the first byte behind it.</summary>
    public ulong End => (ulong)Offset + Size;

    /// <summary>
    /// Whether the firmware reads it through flash encryption: by its flag, or forced by ESP-IDF for apps, otadata and NVS keys
    /// (esp_partition, <c>partition.c</c>).
    /// </summary>
    public bool IsEncrypted =>
        Flags.HasFlag(PartitionFlags.Encrypted)
        || Type == PartitionType.App
        || (Type == PartitionType.Data && SubType is PartitionSubType.DataOta or PartitionSubType.DataNvsKeys);
}
