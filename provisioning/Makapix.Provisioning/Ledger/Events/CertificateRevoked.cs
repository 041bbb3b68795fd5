using System.Security.Cryptography.X509Certificates;

namespace Makapix.Provisioning.Ledger.Events;

/// <summary>A certificate was revoked.</summary>
/// <param name="Serial">Its serial number.</param>
/// <param name="Reason">Why (RFC 5280, 5.3.1).</param>
public sealed record CertificateRevoked(string Serial, X509RevocationReason Reason) : LedgerEvent
{
    internal override string Subject => Serial;
}
