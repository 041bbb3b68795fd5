namespace Makapix.Provisioning.Labels;

/// <summary>What a label can say in words.</summary>
public enum LabelField
{
    /// <summary>The device's id.</summary>
    Id,

    /// <summary>What it left the line with, and whether that is a stand-in or for the laboratory.</summary>
    Firmware,

    /// <summary>Serial number of its certificate.</summary>
    Serial,

    /// <summary>The board's MAC address.</summary>
    Board,

    /// <summary>The day it left the line.</summary>
    Made,

    /// <summary>The batch it was made in.</summary>
    Batch,

    /// <summary>Hash of a signed head of the ledger that has the device in it.</summary>
    Head,
}
