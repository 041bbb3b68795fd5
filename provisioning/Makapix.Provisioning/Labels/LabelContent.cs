using System;
using System.Globalization;
using System.Linq;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Line;

namespace Makapix.Provisioning.Labels;

/// <summary>What a label tells of a device. Holds no secret: whoever has the device in hands reads it.</summary>
/// <param name="Id">Who it is.</param>
/// <param name="Board">Its MAC address.</param>
/// <param name="Firmware">What it left the line with.</param>
/// <param name="StandIn">Whether that is a stand-in.</param>
/// <param name="Policy">How far it is locked.</param>
/// <param name="Serial">Serial number of its certificate.</param>
/// <param name="Made">When it left the line, UTC.</param>
/// <param name="Batch">Its batch; null for none.</param>
/// <param name="Head">Hash of a signed head of the ledger; null if there is none.</param>
public sealed record LabelContent(Guid Id, string Board, string Firmware, bool StandIn, ProvisioningPolicy Policy, string Serial, DateTimeOffset Made, string? Batch, string? Head)
{
    private const int ShortHash = 12;
    private static readonly string RecordedName = LedgerEventCodec.NameOf(typeof(DeviceRecorded));

    /// <summary>Of a device as the ledger has it, with the newest signed head, if that has the device in it.</summary>
    /// <param name="device">The device.</param>
    /// <param name="view">The ledger.</param>
    public static LabelContent Of(LedgerDevice device, LedgerView view)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(view);
        var recorded = view.About(device.Id.ToString("D")).First(entry => entry.Type == RecordedName).Seq;
        var head = view.LastSignedHead() is { } signed && signed.Seq >= recorded ? signed.Hash : null;
        return new LabelContent(device.Id, device.Mac, device.FirmwareVersion, device.StandIn, device.Policy, device.Certificate.Serial, device.RecordedAt, device.Batch, head);
    }

    /// <summary>A field in words; null if there is nothing to say.</summary>
    internal string? Text(LabelField field) => field switch
    {
        LabelField.Id => Id.ToString("D"),
        LabelField.Firmware => $"{(StandIn ? "STAND-IN " : "")}{(Policy == ProvisioningPolicy.Lab ? "LAB " : "")}fw {Firmware}",
        LabelField.Serial => $"sn {Serial}",
        LabelField.Board => Board,
        LabelField.Made => $"made {Made.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
        LabelField.Batch => Batch is null ? null : $"batch {Batch}",
        LabelField.Head => Head is null ? null : $"head {Head[..Math.Min(ShortHash, Head.Length)]}",
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };
}
