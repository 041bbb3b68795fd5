using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Ledger;

namespace Makapix.Provisioning.Line;

/// <summary>
/// Looks at a board and says all that <see cref="ProvisioningLine"/> would do to it. Only reads: no certificate, nothing in the ledger, nothing on the
/// disk, nothing in the chip. It needs no key of the authority, so it could not if it wanted.
/// </summary>
/// <param name="tools">The installed tools.</param>
/// <param name="ledger">Of the authority: it knows what earlier runs left.</param>
public sealed class LineRehearsal(EspTools tools, DeviceLedger ledger)
{
    /// <summary>Where ports are locked (<see cref="PortLock"/>): one folder for all runs of this user.</summary>
    public string LockFolder { get; init; } = PortLock.DefaultFolder;

    /// <summary>Says what a run would do.</summary>
    /// <param name="request">What, and where.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="LineException">A run would refuse the board or the bundle: why, and what to do.</exception>
    /// <exception cref="ChipException">Port, chip or tool failed.</exception>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public async Task<LinePreview> RunAsync(ProvisioningRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var port = PortLock.Take(request.Port, LockFolder);
        using var context = new LineContext(request, tools, authority: null, ledger, TimeProvider.System, new NoProgress());
        await InspectStep.LookAsync(context, cancel);
        PlanStep.Decide(context, History(context.Chip.Mac));
        if (context.Resumes)
        {
            PlanGuard.Require(context);
        }

        var start = Start(context);
        var steps = new List<RehearsedStep>();
        foreach (var step in ProvisioningLine.Steps.Where(step => step is not (InspectStep or PlanStep) && step.Applies(context)))
        {
            var recorder = new ToolRecorder(tools.Version, request.Bundle.Chip);
            var does = await step.RehearseAsync(context, recorder);
            steps.Add(new RehearsedStep(step.Name, step.Title, does, recorder.Calls));
        }

        return new LinePreview(context.Plan, context.Plan.Hash(), start, context.EfusePlan.Others(context.Efuses), steps);
    }

    private LineHistory History(MacAddress board)
    {
        using var view = ledger.Read();
        return LineHistory.Of(view.Journal(board));
    }

    private static RehearsedStart Start(LineContext context)
    {
        ImmutableArray<string> voids = [.. context.Start.ToVoid.Select(unused => unused.Serial).OfType<string>()];
        return context.Resumes
            ? new RehearsedStart(StartKind.GoOn, $"the burn was begun for device {context.DeviceId}: what is missing is burned", voids, [.. context.EfusePlan.Remaining(context.Efuses, KeyHashes.Split(context.KeyHash!)).SelectMany(Names)])
            : voids.IsEmpty ? new RehearsedStart(StartKind.Fresh, "nobody has fused it, and no certificate of an earlier run is open", voids, [])
            : new RehearsedStart(StartKind.StartOver, "an earlier run ended before anything was burned: its certificate is voided, and all begins again", voids, []);
    }

    private static IEnumerable<string> Names(EfuseBurn burn) =>
        [.. burn.Values.Select(value => value.Name), .. burn.ReadProtect.Select(name => $"{name} read-protected"), .. burn.WriteProtect.Select(name => $"{name} write-protected")];

    private sealed class NoProgress : ILineProgress
    {
        public void Planned(ProvisioningPlan plan)
        {
        }

        public void Started(string name, string title)
        {
        }

        public void WaitingForBurn()
        {
        }

        public void Done(StepReport step)
        {
        }
    }
}
