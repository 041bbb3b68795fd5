using Makapix.Provisioning.Ledger;

namespace Makapix.Provisioning.Authority;

/// <summary>The ledger of an authority's folder.</summary>
internal static class AuthorityLedger
{
    /// <param name="folder">The authority's folder.</param>
    /// <param name="ledger">Where it is to be: a path in that folder, or a connection string.</param>
    /// <param name="options">The authority's.</param>
    public static DeviceLedger Create(string folder, string ledger, AuthorityOptions options)
    {
        LedgerFile.Write(folder, ledger);
        return DeviceLedger.Create(LedgerLocation.OfFolder(folder), Options(options));
    }

    public static DeviceLedger Open(string folder, AuthorityOptions options) => DeviceLedger.Open(LedgerLocation.OfFolder(folder), Options(options));

    /// <summary>An init takes the last step in the ledger. One without an entry is of an init that was killed before that.</summary>
    /// <exception cref="AuthorityException">MKX-CA-075: it has none.</exception>
    public static void RequireFinished(LedgerView record, string folder)
    {
        if (record.Head is null)
        {
            throw new AuthorityException(
                "075",
                $"the ledger of {folder} has no entry.",
                "If 'makapix ca init' was interrupted just now, nothing was issued: move that folder and its root's away, and run it again. Else somebody has emptied the ledger: restore it from its backup, and keep both folders.");
        }
    }

    private static LedgerOptions Options(AuthorityOptions options) => new() { Clock = options.Clock, LockTimeout = options.LockTimeout, BeforeWrite = options.BeforeWrite };
}
