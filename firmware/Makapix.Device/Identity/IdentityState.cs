namespace Makapix.Device.Identity
{
    /// <summary>What was found where the identity should be.</summary>
    public enum IdentityState
    {
        /// <summary>A whole identity.</summary>
        Provisioned,

        /// <summary>Version 0: no station has filled it yet.</summary>
        Blank,

        /// <summary>Anything else. Nothing of it is used: half an identity would be a weaker one.</summary>
        Damaged,
    }
}
