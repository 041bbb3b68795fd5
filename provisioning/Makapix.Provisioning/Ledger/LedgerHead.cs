using System;

namespace Makapix.Provisioning.Ledger;

/// <summary>The newest entry of the audit trail: whoever knows it can tell later whether anything up to it was changed.</summary>
/// <param name="Seq">Its number; the first entry is 1.</param>
/// <param name="At">When it was written, UTC.</param>
/// <param name="Hash">Its hash, lower-case hexadecimal: it covers every entry up to it.</param>
public sealed record LedgerHead(long Seq, DateTimeOffset At, string Hash);
