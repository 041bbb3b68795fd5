namespace Makapix.Provisioning.Ledger;

/// <summary>What a device is to the fleet.</summary>
public enum DeviceState
{
    /// <summary>It left the line, and is in service.</summary>
    Provisioned,

    /// <summary>It is shut out, and may come back.</summary>
    Quarantined,

    /// <summary>It is out of service for ever.</summary>
    Retired,
}
