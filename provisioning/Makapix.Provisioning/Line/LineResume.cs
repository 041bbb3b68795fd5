using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Ledger;

namespace Makapix.Provisioning.Line;

/// <summary>
/// Finds out what is unfinished of the board at a port, and makes the request that finishes it of the plan in its journal: whoever resumes need not know what was asked for.
/// Only reads.
/// </summary>
/// <param name="tools">The installed tools.</param>
/// <param name="ledger">Of the authority: the journal of the board is there.</param>
public sealed class LineResume(EspTools tools, DeviceLedger ledger)
{
    /// <summary>Where ports are locked (<see cref="PortLock"/>): one folder for all runs of this user.</summary>
    public string LockFolder { get; init; } = PortLock.DefaultFolder;

    /// <summary>Looks at the board, and into its journal.</summary>
    /// <param name="port">Where it is.</param>
    /// <param name="bundle">What it runs, or will.</param>
    /// <param name="stateFolder">Where records are kept.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="LineException">100…106: it cannot go on with this board, and why. 125: the chip would come to trust another key, or one at all.</exception>
    /// <exception cref="ChipException">Port, chip or tool failed.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public async Task<Unfinished> FindAsync(ChipPort port, FirmwareBundle bundle, string stateFolder, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        using var held = PortLock.Take(port, LockFolder);
        var chip = tools.For(bundle.Chip);
        var board = (await InspectStep.FindAsync(chip, port, ledger, cancel)).Mac;
        var history = History(board);
        if (history is { Finished: { } device, Planned: null })
        {
            return new Unfinished($"nothing to resume: board {board} is device {device}");
        }

        if ((history.Burning ?? history.Planned) is not { Plan: { } plan } run)
        {
            // A board that was burned in another's place has no run of its own.
            history.RefuseScrap();
            return new Unfinished($"nothing to resume: no run has begun with board {board}");
        }

        var request = Request(port, bundle, stateFolder, run, plan);
        var start = StartingPoint.Of(history, await chip.Espefuse.SummaryAsync(port, cancel), request);
        if (start.Unfinished is null && plan.SigningKeyDigest != bundle.SigningKeyDigest)
        {
            // Whoever provisioned it may have named the one key that was to be trusted; nobody names it again here.
            throw new LineException(
                "125",
                $"the run that is resumed was for a bundle {Signer(plan.SigningKeyDigest)}, and this one is {Signer(bundle.SigningKeyDigest)}.",
                "Resume with a bundle as that one was; if this one is meant, begin anew with 'makapix device provision'.");
        }

        return new Unfinished(start.Unfinished is not null ? $"going on with device {run.DeviceId}, whose burn was begun" : $"starting over with device {run.DeviceId}, of which nothing was burned")
        {
            Request = request,
            StartsOver = start.Unfinished is null,
        };
    }

    private static string Signer(string? digest) => digest is null ? "not built for secure boot" : $"signed by the key with the digest {digest}";

    private LineHistory History(MacAddress board)
    {
        using var view = ledger.Read();
        return LineHistory.Of(view.Journal(board));
    }

    private static ProvisioningRequest Request(ChipPort port, FirmwareBundle bundle, string stateFolder, BoardIdentity run, ProvisioningPlan plan)
    {
        var colon = plan.Broker.LastIndexOf(':');
        return new ProvisioningRequest(port, bundle, plan.Broker[..colon], ushort.Parse(plan.Broker.AsSpan(colon + 1)), stateFolder)
        {
            Policy = plan.Policy,
            WifiSsid = plan.WifiSsid,
            DeviceId = run.DeviceId,
            Batch = run.Batch,
        };
    }
}
