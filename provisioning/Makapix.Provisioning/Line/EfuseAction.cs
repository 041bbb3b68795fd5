namespace Makapix.Provisioning.Line;

/// <summary>What is done to an eFuse.</summary>
public enum EfuseAction
{
    /// <summary>The flash key is burned into the block, which becomes read- and write-protected.</summary>
    Key,

    /// <summary>The field is burned to a value.</summary>
    Value,

    /// <summary>The field can be burned no more.</summary>
    WriteProtect,
}
