using System;
using System.Collections.Generic;
using System.Text;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>
/// What the entries add up to, as far as later entries change it. All else is compared row by row with the entry that made it, so that
/// the verifier's memory grows with the devices alone, not with what happened to them.
/// </summary>
internal sealed class Replay(FindingList findings)
{
    private static readonly string LineEntryName = LedgerEventCodec.NameOf(typeof(LineEntry));
    private static readonly string DeviceRecordedName = LedgerEventCodec.NameOf(typeof(DeviceRecorded));
    private static readonly string DeviceChangedName = LedgerEventCodec.NameOf(typeof(DeviceStateChanged));
    private static readonly string DeviceCertifiedName = LedgerEventCodec.NameOf(typeof(DeviceCertified));

    private readonly Dictionary<string, long> _counts = [];

    /// <summary>The devices, by id.</summary>
    public Dictionary<string, ReplayedDevice> Devices { get; } = [];

    /// <summary>How many entries of that type there are.</summary>
    public long Count(Type type) => _counts.GetValueOrDefault(LedgerEventCodec.NameOf(type));

    /// <summary>All rows that the line's journal must have, as one hash.</summary>
    public JournalHash Journal { get; } = new();

    /// <param name="seq">Number of the entry.</param>
    /// <param name="at">Its time.</param>
    /// <param name="type">Its type; null if there is none of that name.</param>
    /// <param name="subject">UTF-8, as the next.</param>
    /// <param name="data">All about it.</param>
    public void Apply(long seq, long at, string? type, byte[] subject, byte[] data)
    {
        if (type is null)
        {
            findings.Add("audit", seq, "it is of no type that this makapix knows");
            return;
        }

        _counts[type] = _counts.GetValueOrDefault(type) + 1;
        if (type == LineEntryName)
        {
            Journal.AddEntry(seq, subject, data);
        }
        else if (type == DeviceRecordedName || type == DeviceChangedName || type == DeviceCertifiedName)
        {
            ApplyToDevice(seq, at, type, Encoding.UTF8.GetString(subject), Encoding.UTF8.GetString(data));
        }
    }

    private void ApplyToDevice(long seq, long at, string type, string id, string data)
    {
        try
        {
            Apply(seq, at, id, LedgerEventCodec.Read(type, data, seq));
        }
        catch (LedgerException)
        {
            findings.Add("audit", seq, "it cannot be read");
        }
    }

    private void Apply(long seq, long at, string id, LedgerEvent happened)
    {
        Devices.TryGetValue(id, out var device);
        switch (happened)
        {
            case DeviceRecorded e when device is null:
                Devices.Add(id, new ReplayedDevice(e.Serial, DeviceState.Provisioned, seq, at));
                break;
            case DeviceStateChanged e when device is { State: not DeviceState.Retired }:
                Devices[id] = device with { State = e.State, Seq = seq, At = at };
                break;
            case DeviceCertified e when device is { State: not DeviceState.Retired }:
                Devices[id] = device with { Serial = e.Serial, Seq = seq, At = at };
                break;
            default:
                findings.Add("audit", seq, "it cannot follow what is before it");
                break;
        }
    }
}
