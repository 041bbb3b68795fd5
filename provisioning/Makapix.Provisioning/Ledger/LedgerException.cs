using System;

namespace Makapix.Provisioning.Ledger;

/// <summary>A failure of the ledger: <c>MKX-LEDGER-NNN</c>.</summary>
public sealed class LedgerException(string number, string cause, string nextStep, Exception? inner = null)
    : MakapixException($"MKX-LEDGER-{number}", cause, nextStep, inner);
