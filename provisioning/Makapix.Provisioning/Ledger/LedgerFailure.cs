using System;

namespace Makapix.Provisioning.Ledger;

/// <summary>What can go wrong with a database, in words that are the same for each kind of database.</summary>
internal static class LedgerFailure
{
    public const string GoneCode = "MKX-LEDGER-015";
    public const string BusyCode = "MKX-LEDGER-010";
    public const string UnknownCode = "MKX-LEDGER-016";
    public const string BrokenCode = "MKX-LEDGER-018";

    // ENOSPC and EDQUOT of Linux, ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows: what .NET hands on in HResult.
    private const int NoSpace = 28;
    private const int OverQuota = 122;
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int DiskIsFull = unchecked((int)0x80070070);

    // EIO.
    private const int InputOutput = 5;

    public static LedgerException Missing(string place, Exception? inner = null) =>
        new("001", $"there is no ledger at {place}.", "Name the authority's folder, or restore the ledger from its backup.", inner);

    public static LedgerException Exists(string place, Exception? inner = null) =>
        new("002", $"there is something at {place} already.", "Name a new place; a ledger never overwrites anything.", inner);

    public static LedgerException Foreign(string place, Exception? inner = null) =>
        new("003", $"what is at {place} is no ledger.", "Name the ledger, or restore it from its backup.", inner);

    public static LedgerException Damaged(string place, Exception? inner = null) =>
        new("005", $"the ledger at {place} is damaged.", "Stop writing to it, keep a copy, restore it from its backup, and hold that against the newest signed head with 'makapix ledger verify --head FILE'.", inner);

    public static LedgerException NotWritable(string place, Exception? inner = null) =>
        new("008", $"the ledger at {place} cannot be written.", "Run as the user it belongs to, with write access to it and to its folder; nothing was changed.", inner);

    public static LedgerException Full(string place, Exception? inner = null) =>
        new("009", $"there is no space left for the ledger at {place}.", "Free some space, then run the command again; nothing of it was written down.", inner);

    public static LedgerException Busy(string place, Exception? inner = null) =>
        new("010", $"another process is writing to the ledger at {place} and does not finish.", "Wait for it or end it, then run the command again.", inner);

    public static LedgerException DiskFailed(string place, Exception? inner = null) =>
        new("014", $"the disk failed under the ledger at {place}.", "Look at the system's log; nothing of this command was written down.", inner);

    public static LedgerException Gone(string place, Exception? inner = null) =>
        new("015", $"the database server of the ledger at {place} does not answer.", "Start it or mend the network, then run the command again; nothing of it was written down.", inner);

    public static LedgerException Unknown(string place, Exception? inner = null) =>
        new("016", $"the database server of the ledger at {place} was lost while it committed: what was written may be there or not.", "Look with 'makapix ledger show' before you run the command again.", inner);

    public static LedgerException Refused(string place, Exception? inner = null) =>
        new("017", $"the database server of the ledger at {place} refuses this user.", "Give the user access to the database, and the password by PGPASSFILE.", inner);

    public static LedgerException Broken(string place, Exception? inner = null) =>
        new("018", $"the database of the ledger at {place} refuses what makapix writes.", "Run 'makapix ledger verify'; if it finds nothing, report this as a defect of makapix.", inner);

    public static LedgerException LockLost(string place, Exception? inner = null) =>
        new("026", $"the lock in the ledger at {place} was lost: another station may be working on the same board by now.", "See that no other station has that board, and that the ledger can be reached; then run the command again: it goes on from what the journal says.", inner);

    /// <summary>What a failure of a file beside the ledger means.</summary>
    public static LedgerException OfFile(string place, Exception failure) => failure.HResult switch
    {
        NoSpace or OverQuota or HandleDiskFull or DiskIsFull => Full(place, failure),
        InputOutput => DiskFailed(place, failure),
        _ => NotWritable(place, failure),
    };
}
