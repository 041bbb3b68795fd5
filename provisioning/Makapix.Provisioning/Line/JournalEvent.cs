namespace Makapix.Provisioning.Line;

/// <summary>What a line of the journal says about its step.</summary>
public enum JournalEvent
{
    /// <summary>It begins: whatever it does may have been done, in part, if nothing follows.</summary>
    Begin,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>It failed, and the run with it.</summary>
    Failed,

    /// <summary>The certificate of a run that made no device is no good: it was revoked, or never issued.</summary>
    Voided,

    /// <summary>The board can never become a device.</summary>
    Scrapped,
}
