using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Reflection;

namespace Makapix.Provisioning.Ledger.Databases;

/// <summary>The tables, version by version. A ledger of an older version is brought up to this one when it is opened; one of a newer version is refused.</summary>
internal static class LedgerSchema
{
    /// <summary>What makes version <c>n</c> of version <c>n - 1</c>, in that order; embedded as <c>Ledger/NNN.sql</c>.</summary>
    public static readonly ImmutableArray<string> Steps = [Read(1)];

    /// <summary>Every table but <c>meta</c>: empty in a ledger that nobody has written to.</summary>
    public static readonly ImmutableArray<string> Tables = ["audit", "certificates", "crl_numbers", "devices", "line_journal"];

    /// <summary>Brings the tables up to the newest version, all the way or not at all. The session is in a writing transaction.</summary>
    /// <param name="session">The database.</param>
    /// <param name="database">What kind it is.</param>
    /// <param name="options">The ledger's.</param>
    /// <param name="version">What is there: 0 for nothing.</param>
    public static void Upgrade(LedgerSession session, LedgerDatabase database, LedgerOptions options, int version)
    {
        for (var next = version; next < options.Schema.Length; next++)
        {
            options.BeforeWrite?.Invoke("upgrade");
            session.Script(database.Schema(options.Schema[next]));
        }

        var newest = options.Schema.Length.ToString(CultureInfo.InvariantCulture);
        options.BeforeWrite?.Invoke("version");
        if (version == 0)
        {
            session.Execute("INSERT INTO meta (name, value) VALUES ('version', @p0)", newest);
        }
        else
        {
            session.Execute("UPDATE meta SET value = @p0 WHERE name = 'version'", newest);
        }
    }

    private static string Read(int step)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(string.Create(CultureInfo.InvariantCulture, $"Ledger/{step:D3}.sql"))!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
