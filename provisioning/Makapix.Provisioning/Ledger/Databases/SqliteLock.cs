using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Ledger.Databases;

/// <summary>A lock beside a ledger in a file: a file too, which the system locks for the process that has it open.</summary>
internal sealed class SqliteLock : LedgerLock
{
    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows; EWOULDBLOCK of Linux and of macOS, as flock(2) answers.
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;

    private readonly FileStream _file;
    private readonly string _ledger;

    private SqliteLock(FileStream file, string ledger)
    {
        _file = file;
        _ledger = ledger;
    }

    /// <summary>Takes it; null if somebody has it.</summary>
    /// <param name="ledger">The ledger's file.</param>
    /// <param name="name">What is locked.</param>
    /// <param name="options">The ledger's.</param>
    /// <exception cref="LedgerException">008, 009, 014: it cannot be taken, and nobody knows whether somebody has it.</exception>
    public static SqliteLock? TryTake(string ledger, string name, LedgerOptions options)
    {
        // The files stay: to delete one is to take the lock from whoever just opened it.
        var folder = ledger + ".locks";
        try
        {
            options.BeforeWrite?.Invoke("lock");
            DurableFile.CreatePrivateFolder(folder);
            return TryOpen(Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))))) is { } file ? new SqliteLock(file, ledger) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LedgerFailure.OfFile(ledger, e);
        }
    }

    public override void RequireHeld()
    {
        try
        {
            // Whoever has deleted the file, or its folder, has let others in. While it is locked, nobody can open it, not even we.
            using var other = File.Exists(_file.Name) ? TryOpen(_file.Name) : throw LedgerFailure.LockLost(_ledger);
            if (other is null)
            {
                return;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LedgerFailure.LockLost(_ledger, e);
        }

        throw LedgerFailure.LockLost(_ledger);
    }

    protected override void Dispose(bool disposing) => _file.Dispose();

    private static FileStream? TryOpen(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = DurableFile.Private;
        }

        try
        {
            return new FileStream(path, options);
        }
        catch (IOException e) when (e.HResult is SharingViolation or LockViolation or WouldBlock or WouldBlockOnMac)
        {
            return null;
        }
    }
}
