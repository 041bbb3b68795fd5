using Makapix.Provisioning.Ledger;

namespace Makapix.Provisioning.Authority;

/// <summary>The ledger of an authority's folder.</summary>
internal static class AuthorityLedger
{
    public static DeviceLedger Create(string folder, AuthorityOptions options)
    {
        LedgerFile.Write(folder, options.Ledger);
        return DeviceLedger.Create(LedgerLocation.OfFolder(folder), Options(options));
    }

    public static DeviceLedger Open(string folder, AuthorityOptions options) => DeviceLedger.Open(LedgerLocation.OfFolder(folder), Options(options));

    private static LedgerOptions Options(AuthorityOptions options) => new() { Clock = options.Clock, LockTimeout = options.LockTimeout, BeforeWrite = options.BeforeWrite };
}
