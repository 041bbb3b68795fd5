using System.IO;
using System.Text;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority;

/// <summary>The ledger of an authority's folder.</summary>
internal static class AuthorityLedger
{
    public static DeviceLedger Create(string folder, AuthorityOptions options)
    {
        DurableFile.Create(Path.Combine(folder, "ledger.json"), Encoding.UTF8.GetBytes("{\"ledger\":\"ledger.db\"}\n"), DurableFile.Private);
        return DeviceLedger.Create(Location(folder), Options(options));
    }

    public static DeviceLedger Open(string folder, AuthorityOptions options) => DeviceLedger.Open(Location(folder), Options(options));

    private static LedgerLocation Location(string folder) => LedgerLocation.Sqlite(Path.Combine(folder, "ledger.db"));

    private static LedgerOptions Options(AuthorityOptions options) => new() { Clock = options.Clock, LockTimeout = options.LockTimeout, BeforeWrite = options.BeforeWrite };
}
