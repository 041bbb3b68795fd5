using System.Data.Common;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>The devices: each as it left the line, and in the state that its last entry brought it to.</summary>
internal sealed class DeviceCheck() : TableCheck("devices", "id", "recorded_seq", typeof(DeviceRecorded))
{
    protected override string Select =>
        """
        SELECT d.id, d.recorded_seq, a.type, a.data, a.at, d.mac, d.chip, d.firmware, d.stand_in, d.policy, d.plan_hash, d.batch, d.station, d.recorded_at, d.serial, d.state, d.changed_seq, d.changed_at
        FROM devices d LEFT JOIN audit a ON a.seq = d.recorded_seq ORDER BY d.recorded_seq
        """;

    protected override string? Difference(DbDataReader row, Replay replay)
    {
        if (Event<DeviceRecorded>(row, 2) is not { } recorded || recorded.Subject != row.GetString(0) || !replay.Devices.TryGetValue(recorded.Subject, out var device))
        {
            return $"entry {row.GetInt64(1)} did not record it";
        }

        if (!IsAsRecorded(row, recorded))
        {
            return $"it is not as entry {row.GetInt64(1)} recorded it";
        }

        var same = row.GetString(14) == device.Serial && row.GetString(15) == LedgerWords.Of(device.State) && row.GetInt64(16) == device.Seq && row.GetInt64(17) == device.At;
        return same ? null : $"it is not as entry {device.Seq} left it";
    }

    private static bool IsAsRecorded(DbDataReader row, DeviceRecorded e) =>
        row.GetString(5) == e.Mac
        && row.GetString(6) == e.Chip
        && row.GetString(7) == e.FirmwareVersion
        && row.GetInt64(8) == (e.StandIn ? 1 : 0)
        && row.GetString(9) == LedgerWords.Of(e.Policy)
        && row.GetString(10) == e.PlanHash
        && Optional(row, 11) == e.Batch
        && Optional(row, 12) == e.Station
        && row.GetInt64(13) == row.GetInt64(4);

    private static string? Optional(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
