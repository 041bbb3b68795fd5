using System;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Ledger;

/// <summary>One entry of the audit trail.</summary>
/// <param name="Seq">Its number; the first is 1, and none is missing.</param>
/// <param name="At">When it was written, UTC.</param>
/// <param name="Actor">Who wrote it.</param>
/// <param name="Type">What kind of thing happened: <c>certificate-issued</c>, ….</param>
/// <param name="Subject">What it happened to: a serial number, a device id, a board.</param>
/// <param name="Data">All about it, one JSON object.</param>
/// <param name="Hash">Its hash, over the one before it and all of the above (<see cref="AuditHash"/>), lower-case hexadecimal.</param>
public sealed record AuditEntry(long Seq, DateTimeOffset At, string Actor, string Type, string Subject, string Data, string Hash)
{
    /// <summary>What happened.</summary>
    /// <exception cref="LedgerException">MKX-LEDGER-012: this program cannot read it.</exception>
    public LedgerEvent Event() => LedgerEventCodec.Read(Type, Data, Seq);
}
