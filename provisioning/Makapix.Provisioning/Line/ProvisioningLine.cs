using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Serial;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line.FirstBoots;

namespace Makapix.Provisioning.Line;

/// <summary>
/// Turns a fresh board into one device. Flash is written before anything is burned: whatever dies before the burn starts over with a new key
/// and a new certificate, whatever dies after it is finished by the next run. One instance serves any number of boards.
/// </summary>
/// <param name="tools">The installed tools.</param>
/// <param name="authority">Issues the identities, and ends those that became no device.</param>
/// <param name="watch">Sees the first boot of each device. Without one there is no line: a device that nobody saw is none.</param>
/// <param name="clock">The clock of journals, reports and the first boot.</param>
public sealed class ProvisioningLine(EspTools tools, CertificateAuthority authority, IDeviceWatch watch, TimeProvider clock)
{
    /// <summary>
    /// In an order in which whatever dies in between leaves something that can be begun again or gone on with. The device is recorded before the lock: a sealed chip answers nobody, so
    /// a device that was locked and not yet recorded never could be.
    /// </summary>
    internal static readonly ImmutableArray<ILineStep> Steps =
    [
        new InspectStep(),
        new PlanStep(),
        new WatchStep(),
        new IdentityStep(),
        new ImagesStep(),
        new EncryptStep(),
        new WriteStep(),
        new BurnStep(),
        new VerifyStep(),
        new BootStep(),
        new RecordStep(),
        new LockStep(),
        new LabelStep(),
    ];

    /// <summary>The names of all steps, in the order in which a board goes through those that it needs.</summary>
    public static IReadOnlyList<string> StepOrder { get; } = [.. Steps.Select(step => step.Name)];

    /// <summary>Where ports are locked (<see cref="PortLock"/>): one folder for all runs of this user.</summary>
    public string LockFolder { get; init; } = PortLock.DefaultFolder;

    /// <summary>Where boards and devices are written down; the authority's own. A test of refusals has one of its own.</summary>
    internal DeviceLedger Ledger { get; init; } = authority.Ledger;

    /// <summary>How the serial line of a board is listened to. Tests have one of their own.</summary>
    internal Func<ChipPort, CancellationToken, Task<ISerialLine>> OpenLine { get; init; } = SerialLines.OpenAsync;

    /// <summary>How long a board must be silent to the debug protocol; null: as fits its port.</summary>
    internal TimeSpan? Silence { get; init; }

    /// <summary>Which entries of the journal are written. Tests say no, to be the line that is dead by then.</summary>
    internal Predicate<JournalEntry>? Keeps { get; init; }

    /// <summary>Provisions one board.</summary>
    /// <param name="request">What, and where.</param>
    /// <param name="progress">Is told how it goes.</param>
    /// <param name="cancel">Stops it between or in steps; only a burn that has begun is waited for.</param>
    /// <exception cref="LineException">The board or the bundle is refused, or the burn went wrong.</exception>
    /// <exception cref="ChipException">Port, chip or tool failed.</exception>
    /// <exception cref="AuthorityException">No identity could be issued.</exception>
    /// <exception cref="LedgerException">It could not be written down.</exception>
    /// <exception cref="Images.ImageException">The identity does not fit the bundle.</exception>
    public async Task<ProvisionedDevice> RunAsync(ProvisioningRequest request, ILineProgress progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(progress);
        if (request.WifiSsid is null && !request.WifiPassword.IsEmpty)
        {
            throw new LineException("113", "there is a Wi-Fi password and no network that it is for.", "Give both, or neither.");
        }

        using var port = PortLock.Take(request.Port, LockFolder);
        using var context = new LineContext(request, tools, authority, Ledger, clock, progress, new FirstBootTools(watch, OpenLine, Silence)) { Keeps = Keeps };
        foreach (var step in Steps)
        {
            if (step.Applies(context))
            {
                await RunAsync(step, context, cancel);
            }
        }

        return context.Device;
    }

    private static async Task RunAsync(ILineStep step, LineContext context, CancellationToken cancel)
    {
        var start = context.Timestamp;
        try
        {
            cancel.ThrowIfCancellationRequested();
            context.Progress.Started(step.Name, step.Title);
            context.Record(step.Name, JournalEvent.Begin);
            var detail = await step.RunAsync(context, cancel);
            context.Record(step.Name, JournalEvent.Done);
            var report = new StepReport(step.Name, Math.Round(context.Since(start).TotalSeconds, 3), detail);
            context.Add(report);
            context.Progress.Done(report);
        }
        catch (Exception e)
        {
            Abandon(step, context, e);
            throw;
        }
    }

    /// <summary>Says why, and ends an identity that will be on no device. What cannot be said now, the next run finds out by itself.</summary>
    private static void Abandon(ILineStep step, LineContext context, Exception why)
    {
        try
        {
            context.Record(step.Name, JournalEvent.Failed, why switch
            {
                MakapixException e => $"{e.Code}: {e.Cause}",
                OperationCanceledException => "interrupted",
                _ => why.GetType().Name,
            });
            if (!context.BurnBegun && context.Serial is not null && !context.Resumes)
            {
                context.VoidOwn();
            }
        }
        catch (Exception e) when (e is IOException or MakapixException)
        {
            // The first failure is the one to tell.
        }
    }
}
