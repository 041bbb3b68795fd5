using Makapix.Provisioning.Ledger.Databases;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Provisioning.Ledger.Tables;

/// <summary>What an entry means for the other tables. Nothing else writes them.</summary>
internal static class Projection
{
    /// <exception cref="LedgerException">It contradicts what was written before it.</exception>
    public static void Apply(LedgerSession session, long seq, long at, LedgerEvent happened)
    {
        switch (happened)
        {
            case CertificateIssued e:
                CertificateTable.Apply(session, seq, at, e);
                break;
            case CertificateRevoked e:
                CertificateTable.Apply(session, seq, at, e);
                break;
            case CrlNumbered e:
                CrlTable.Apply(session, seq, e);
                break;
            case DeviceRecorded e:
                DeviceTable.Apply(session, seq, at, e);
                break;
            case DeviceStateChanged e:
                DeviceTable.Apply(session, seq, at, e);
                break;
            case DeviceCertified e:
                DeviceTable.Apply(session, seq, at, e);
                break;
            case LineEntry e:
                JournalTable.Apply(session, seq, e);
                break;
        }
    }
}
