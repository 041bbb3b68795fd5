using System;
using System.IO;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Ledger;

namespace Makapix.Provisioning.Line.Lanes;

/// <summary>Tells what is wrong with a board from what is wrong with the station, and would be with the next board too.</summary>
internal static class StationFailure
{
    private const string NeverSeen = "MKX-LINE-151";

    /// <summary>The station's failure; null if it is the board's.</summary>
    /// <param name="failure">What a board failed with.</param>
    /// <param name="devicesWereSeen">Whether other boards of this shift came online.</param>
    public static MakapixException? Of(Exception failure, bool devicesWereSeen) => failure switch
    {
        // A Wi-Fi password that is wrong looks like that, and can be put right in no board that was burned with it.
        LineException { Code: NeverSeen } never when !devicesWereSeen => never,
        _ => Of(failure),
    };

    /// <summary>The same, whatever became of other boards.</summary>
    public static MakapixException? Of(Exception failure) => failure switch
    {
        // Another writer may be done by the next board.
        LedgerException { Code: LedgerFailure.BusyCode } => null,
        LedgerException or AuthorityException or ImageException => (MakapixException)failure,
        ChipException { Code: ToolFailure.MissingCode or ToolFailure.NotStartedCode } tool => tool,
        LineException { Code: "MKX-LINE-113" or "MKX-LINE-114" or "MKX-LINE-130" or "MKX-LINE-131" or "MKX-LINE-132" or "MKX-LINE-133" or "MKX-LINE-135" } asked => asked,

        // The bundle lies: with the next board it would burn that one for nothing too.
        LineException { Code: "MKX-LINE-153" or "MKX-LINE-154" } lie => lie,

        // The broker is down, or lets this station hear nothing. One that is lost later (152) may be back by the next board.
        LineException { Code: "MKX-LINE-156" } or MqttException => (MakapixException)failure,
        IOException or UnauthorizedAccessException => Coded(failure),
        _ => null,
    };

    /// <summary>Any failure, with a code.</summary>
    public static MakapixException Coded(Exception failure) => failure switch
    {
        MakapixException coded => coded,
        IOException or UnauthorizedAccessException => new LineException("161", $"a file of this station cannot be written: {failure.Message.TrimEnd('.')}.", "Mend the path, the permissions or the disk, then run the command again: it goes on with every board.", failure),

        // No text of it: it was not written to be shown, and might hold what it was handed.
        _ => new LineException("162", $"unexpected {failure.GetType().Name} in {failure.TargetSite?.DeclaringType?.Name}.{failure.TargetSite?.Name}.", "Set the board aside, and report this as a defect of makapix.", failure),
    };
}
