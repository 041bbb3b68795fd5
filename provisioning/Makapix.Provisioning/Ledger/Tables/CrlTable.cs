using Makapix.Provisioning.Ledger.Databases;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Ledger.Tables;

/// <summary>The CRL numbers that were taken, by CA.</summary>
internal static class CrlTable
{
    /// <exception cref="LedgerException">MKX-LEDGER-032: it is not above those before it.</exception>
    public static void Apply(LedgerSession session, long seq, CrlNumbered e)
    {
        if (e.Number <= Newest(session, e.IssuerSerial))
        {
            throw new LedgerException("032", $"CRL number {e.Number} is not above those that were taken before.", "Take the next number; a broker that has a newer list would not take this one.");
        }

        session.Execute("INSERT INTO crl_numbers (issuer_serial, number, seq) VALUES (@p0, @p1, @p2)", e.IssuerSerial, e.Number, seq);
    }

    /// <summary>The highest number of a CA; 0 if it has none yet.</summary>
    public static long Newest(LedgerSession session, string issuerSerial) => session.Number("SELECT MAX(number) FROM crl_numbers WHERE issuer_serial = @p0", issuerSerial);
}
