namespace Makapix.Provisioning.Ledger.Events;

/// <summary>A CRL number was taken. Written before the CRL is signed: a number may be lost, never used twice (RFC 5280, 5.2.3).</summary>
/// <param name="IssuerSerial">Serial number of the CA's certificate.</param>
/// <param name="Number">Higher than every one before it of that CA.</param>
public sealed record CrlNumbered(string IssuerSerial, long Number) : LedgerEvent
{
    internal override string Subject => IssuerSerial;
}
