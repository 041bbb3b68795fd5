namespace Makapix.Provisioning.Line;

/// <summary>How an area of flash is written.</summary>
public enum PlannedContent
{
    /// <summary>Encrypted with the flash key of the chip.</summary>
    Encrypted,

    /// <summary>Erased: nothing that was there before the line shall be found by the firmware.</summary>
    Erased,
}
