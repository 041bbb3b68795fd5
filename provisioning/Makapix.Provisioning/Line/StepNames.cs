namespace Makapix.Provisioning.Line;

/// <summary>The stable names of the line's steps, in journals, progress and reports.</summary>
public static class StepNames
{
    /// <summary>What chip is there, and what is burned into it.</summary>
    public const string Inspect = "inspect";

    /// <summary>What will be done.</summary>
    public const string Plan = "plan";

    /// <summary>Whether the broker lets the station listen.</summary>
    public const string Watch = "watch";

    /// <summary>A key and a certificate of its own.</summary>
    public const string Identity = "identity";

    /// <summary>What goes into flash.</summary>
    public const string Images = "images";

    /// <summary>All of it encrypted with a fresh key.</summary>
    public const string Encrypt = "encrypt";

    /// <summary>Ciphertext into flash, verified by the chip.</summary>
    public const string Write = "write";

    /// <summary>Key and security eFuses.</summary>
    public const string Burn = "burn";

    /// <summary>Every eFuse read back.</summary>
    public const string Verify = "verify";

    /// <summary>The first boot, seen at the broker.</summary>
    public const string Boot = "boot";

    /// <summary>What the policy locks last.</summary>
    public const string Lock = "lock";

    /// <summary>The record of the device.</summary>
    public const string Record = "record";

    /// <summary>What is stuck to the device.</summary>
    public const string Label = "label";
}
