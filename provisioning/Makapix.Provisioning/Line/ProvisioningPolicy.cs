namespace Makapix.Provisioning.Line;

/// <summary>How far a device is locked.</summary>
public enum ProvisioningPolicy
{
    /// <summary>Everything of flash encryption's release mode. The ROM loader stays open, for ciphertext only: a device in the field can be mended.</summary>
    Release,

    /// <summary>As <see cref="Release"/>, and the ROM loader off: no serial port ever again.</summary>
    Sealed,

    /// <summary>Flash encryption in its development mode, which can be turned off again. For the laboratory only, and marked so for ever.</summary>
    Lab,
}
