namespace Makapix.Device.Identity
{
    /// <summary>What nanoCLR trusts beside the device's root.</summary>
    public enum PlatformTrustState
    {
        /// <summary>Nothing.</summary>
        Empty,

        /// <summary>What lay in its store, until it starts again: it takes stock only then.</summary>
        Cleared,

        /// <summary>What lies in its store, and cannot be deleted. Better offline than talking to an impostor.</summary>
        Foreign,
    }
}
