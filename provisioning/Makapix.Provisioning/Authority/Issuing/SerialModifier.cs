using System.Security.Cryptography;
using Makapix.Provisioning.Ledger;

namespace Makapix.Provisioning.Authority.Issuing;

/// <summary>A serial number that the record does not have: the one that was drawn for it, or a fresh one.</summary>
internal sealed class SerialModifier : IDraftModifier
{
    private const int Attempts = 4;

    public void Apply(CertificateDraft draft, IssueContext context) =>
        draft.Serial = draft.Request.Serial is { } drawn ? Drawn(context.Record, drawn) : Fresh(context.Record, context.SerialSource);

    /// <exception cref="AuthorityException">MKX-CA-017.</exception>
    public static byte[] Fresh(LedgerView record, RandomNumberGenerator source)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var serial = SerialNumber.Create(source);
            if (record.FindCertificate(SerialNumber.ToText(serial)) is null)
            {
                return serial;
            }
        }

        // With 126 random bits this is no accident.
        throw new AuthorityException("017", "the random source repeats itself: every serial number it gives was issued before.", "Do not issue on this machine until its random source is mended.");
    }

    private static byte[] Drawn(LedgerView record, string serial) =>
        SerialNumber.TryParse(serial, out var drawn) && record.FindCertificate(serial) is null
            ? drawn
            : throw new AuthorityException("018", "that serial number was used already, or is none that this authority draws.", "Draw a new one for each certificate.");
}
