using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.Linq;
using Makapix.Provisioning.Ledger.Databases;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Line;

namespace Makapix.Provisioning.Ledger.Tables;

/// <summary>Every device that left the line, each in one row.</summary>
internal static class DeviceTable
{
    private const string Columns = "d.id, d.mac, d.chip, d.firmware, d.stand_in, d.policy, d.plan_hash, d.batch, d.station, d.recorded_at, d.state, d.changed_at";
    private const int ColumnCount = 12;
    private const string Select = $"SELECT {Columns}, {CertificateTable.Columns} FROM devices d JOIN certificates c ON c.serial = d.serial";

    private static readonly string[] Searched = ["d.id", "d.mac", "d.serial", "d.chip", "d.firmware", "d.batch", "d.station"];

    /// <exception cref="LedgerException">MKX-LEDGER-034: the id, 035: the board, 036: the certificate belongs to a device already. 037: there is no such certificate.</exception>
    public static void Apply(LedgerSession session, long seq, long at, DeviceRecorded e)
    {
        RequireCertificate(session, e.Serial);
        var added = session.Execute(
            """
            INSERT INTO devices (id, mac, chip, firmware, stand_in, policy, plan_hash, batch, station, recorded_seq, recorded_at, serial, state, changed_seq, changed_at)
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p9, @p10) ON CONFLICT DO NOTHING
            """,
            e.Subject, e.Mac, e.Chip, e.FirmwareVersion, e.StandIn ? 1L : 0L, LedgerWords.Of(e.Policy), e.PlanHash, e.Batch, e.Station, seq, at, e.Serial, LedgerWords.Of(DeviceState.Provisioned));
        if (added == 0)
        {
            throw Find(session, e.DeviceId) is not null
                ? new LedgerException("034", $"there is a device {e.DeviceId} already.", "Give each device an id of its own.")
                : OfBoard(session, e.Mac) is { } other
                ? new LedgerException("035", $"board {e.Mac} is device {other.Id} already.", "Set it aside: two boards with one address, or one that was provisioned twice.")
                : CertificateTaken(e.Serial);
        }
    }

    /// <exception cref="LedgerException">MKX-LEDGER-038: there is no such device, or it is retired.</exception>
    public static void Apply(LedgerSession session, long seq, long at, DeviceStateChanged e)
    {
        var changed = session.Execute(
            "UPDATE devices SET state = @p0, changed_seq = @p1, changed_at = @p2 WHERE id = @p3 AND state <> @p4", LedgerWords.Of(e.State), seq, at, e.Subject, LedgerWords.Of(DeviceState.Retired));
        RequireChange(changed, e.DeviceId);
    }

    /// <exception cref="LedgerException">MKX-LEDGER-036: the certificate belongs to a device already. 037: there is no such certificate. 038: there is no such device, or it is retired.</exception>
    public static void Apply(LedgerSession session, long seq, long at, DeviceCertified e)
    {
        RequireCertificate(session, e.Serial);
        if (session.Number("SELECT COUNT(*) FROM devices WHERE serial = @p0", e.Serial) > 0)
        {
            throw CertificateTaken(e.Serial);
        }

        var changed = session.Execute(
            "UPDATE devices SET serial = @p0, changed_seq = @p1, changed_at = @p2 WHERE id = @p3 AND state <> @p4", e.Serial, seq, at, e.Subject, LedgerWords.Of(DeviceState.Retired));
        RequireChange(changed, e.DeviceId);
    }

    public static LedgerDevice? Find(LedgerSession session, Guid id) => session.First($"{Select} WHERE d.id = @p0", Read, id.ToString("D"));

    public static LedgerDevice? OfBoard(LedgerSession session, string mac) => session.First($"{Select} WHERE d.mac = @p0", Read, mac);

    public static IEnumerable<LedgerDevice> Find(LedgerSession session, DeviceQuery? query)
    {
        var where = new Conditions();
        if (query is not null)
        {
            where.Add("d.state = {0}", query.State is { } state ? LedgerWords.Of(state) : null);
            where.Add("d.batch = {0}", query.Batch);
            where.Add("d.policy = {0}", query.Policy is { } policy ? LedgerWords.Of(policy) : null);
            where.AddExpiring(query.Now.ToUnixTimeMilliseconds(), query.ExpiringWithin);
            where.Add(Contains(session), query.Text is { } text ? $"%{Escape(text)}%" : null);
        }

        var limit = query?.Limit is { } most ? string.Create(CultureInfo.InvariantCulture, $" LIMIT {most}") : "";
        return session.Stream($"{Select}{where} ORDER BY d.recorded_seq{limit}", Read, where.Values);
    }

    public static List<DeviceBatch> Batches(LedgerSession session) => session.All(
        "SELECT batch, COUNT(*), MIN(recorded_at), MAX(recorded_at) FROM devices WHERE batch IS NOT NULL GROUP BY batch ORDER BY MIN(recorded_seq)",
        row => new DeviceBatch(row.GetString(0), row.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3))));

    private static LedgerDevice Read(DbDataReader row) => new(
        Guid.ParseExact(row.GetString(0), "D"),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetInt64(4) != 0,
        LedgerWords.Parse<ProvisioningPolicy>(row.GetString(5)),
        row.GetString(6),
        row.IsDBNull(7) ? null : row.GetString(7),
        row.IsDBNull(8) ? null : row.GetString(8),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(9)),
        LedgerWords.Parse<DeviceState>(row.GetString(10)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(11)),
        CertificateTable.Read(row, ColumnCount));

    // A backslash before what LIKE would take for a wildcard, and its own idea of case on both sides: SQLite knows no case but that of ASCII.
    // Column by column: to put them together first takes longer than to look.
    private static string Contains(LedgerSession session) => $"({string.Join(" OR ", Searched.Select(column => $"{column} {session.LikeInAnyCase} {{0}} ESCAPE '\\'"))})";

    private static string Escape(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    private static void RequireCertificate(LedgerSession session, string serial)
    {
        if (CertificateTable.Find(session, serial) is null)
        {
            throw new LedgerException("037", $"certificate {serial} was never issued, so no device can have it.", "Issue the device's certificate by this authority first.");
        }
    }

    private static void RequireChange(int changed, Guid id)
    {
        if (changed == 0)
        {
            throw new LedgerException("038", $"there is no device {id} that could be changed.", "See 'makapix device show': it never left the line, or is retired for ever.");
        }
    }

    private static LedgerException CertificateTaken(string serial) =>
        new("036", $"certificate {serial} is another device's already.", "Issue a certificate of its own for each device.");
}
