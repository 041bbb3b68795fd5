using System;
using System.Collections.Generic;
using Makapix.Provisioning.Authority;

namespace Makapix.Provisioning.Ledger;

/// <summary>A ledger in a few numbers.</summary>
/// <param name="LedgerId">Its id.</param>
/// <param name="Head">Its newest entry; null if there is none.</param>
/// <param name="Devices">How many devices are in each state.</param>
/// <param name="Certificates">How many certificates of each kind count, and how many do not.</param>
public sealed record LedgerSummary(Guid LedgerId, LedgerHead? Head, IReadOnlyDictionary<DeviceState, long> Devices, IReadOnlyList<LedgerSummary.CertificateCount> Certificates)
{
    /// <summary>How many certificates there are.</summary>
    /// <param name="Kind">Of that kind.</param>
    /// <param name="State">In that state.</param>
    /// <param name="Count">So many.</param>
    public sealed record CertificateCount(CertificateKind Kind, CertificateState State, long Count);
}
