using System;
using Makapix.Provisioning.Authority;

namespace Makapix.Provisioning.Ledger.Events;

/// <summary>A certificate was signed. Written before it leaves, so that none is ever outside and not in here.</summary>
/// <param name="Serial">Its serial number, upper-case hexadecimal; unique in the ledger.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="CommonName">CN of its subject.</param>
/// <param name="IssuerSerial">Serial number of the certificate that signed it; its own for a root.</param>
/// <param name="NotBefore">Start of its validity.</param>
/// <param name="NotAfter">End of its validity.</param>
/// <param name="Sha256">SHA-256 of its DER, hexadecimal.</param>
public sealed record CertificateIssued(
    string Serial, CertificateKind Kind, string CommonName, string IssuerSerial, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string Sha256) : LedgerEvent
{
    internal override string Subject => Serial;
}
