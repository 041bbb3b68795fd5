using System;
using System.Collections.Generic;

namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>What the verifier found.</summary>
/// <param name="LedgerId">The ledger.</param>
/// <param name="Entries">How many entries its trail has; 0 if nobody can tell.</param>
/// <param name="Head">The newest; null if there is none, or none that can be read.</param>
/// <param name="Findings">What is not as it was written, in the order of the entries; empty if all is. At most <see cref="LedgerVerifier.MaxFindings"/>.</param>
public sealed record LedgerReport(Guid LedgerId, long Entries, LedgerHead? Head, IReadOnlyList<LedgerFinding> Findings)
{
    /// <summary>Whether all is as it was written.</summary>
    public bool Whole => Findings.Count == 0;
}
