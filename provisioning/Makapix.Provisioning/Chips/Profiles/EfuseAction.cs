namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>What is done to an eFuse.</summary>
public enum EfuseAction
{
    /// <summary>A part of the flash key is burned into the block, which becomes read- and write-protected.</summary>
    Key,

    /// <summary>The digest of the signing key is burned into the block, which becomes write-protected and stays readable.</summary>
    Digest,

    /// <summary>The block is told what its key is for; burned and write-protected together with the key.</summary>
    Purpose,

    /// <summary>The field is burned to a value.</summary>
    Value,

    /// <summary>The field, and every other with the same write-protection bit, can be burned no more.</summary>
    WriteProtect,
}
