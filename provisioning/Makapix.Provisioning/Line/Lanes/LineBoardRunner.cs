using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Ledger;

namespace Makapix.Provisioning.Line.Lanes;

/// <summary>The real one: each board through the line, all with the same request but for the port.</summary>
/// <param name="line">Does it.</param>
/// <param name="ledger">What it is written into.</param>
/// <param name="request">What is asked for at a port.</param>
public sealed class LineBoardRunner(ProvisioningLine line, DeviceLedger ledger, Func<string, ProvisioningRequest> request) : IBoardRunner
{
    /// <inheritdoc/>
    /// <exception cref="LedgerException">The ledger is gone.</exception>
    public void RequireReady() => ledger.RequireThere();

    /// <inheritdoc/>
    /// <exception cref="ChipException">The port is gone, or the chip or its tool failed.</exception>
    public Task<ProvisionedDevice> RunAsync(string port, ILineProgress progress, CancellationToken cancel) => line.RunAsync(request(port), progress, cancel);
}
