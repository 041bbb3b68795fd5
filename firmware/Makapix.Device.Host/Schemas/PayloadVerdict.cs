using System.Globalization;
using Makapix.Device.Payloads;

namespace Makapix.Device.Host.Schemas;

/// <summary>What the device says of a payload.</summary>
/// <param name="Cause">Why it refuses it; <see cref="RejectCause.None"/> if it does not.</param>
/// <param name="Position">Where in the payload, in bytes.</param>
public sealed record PayloadVerdict(RejectCause Cause, int Position)
{
    /// <summary>Whether the device takes the payload.</summary>
    public bool IsAccepted => Cause == RejectCause.None;

    /// <summary>The device's own verdict by a schema.</summary>
    /// <param name="guard">The guard of that schema.</param>
    /// <param name="payload">The payload.</param>
    public static PayloadVerdict Of(PayloadGuard guard, byte[] payload) => new(guard.Inspect(payload, 0, payload.Length), guard.Position);

    /// <summary>The device's verdict by the grammar of RFC 8259 alone, within its own limits of size and depth.</summary>
    /// <param name="payload">The payload.</param>
    public static PayloadVerdict OfSyntax(byte[] payload)
    {
        if (payload.Length > PayloadGuard.MaxPayload)
        {
            return new PayloadVerdict(RejectCause.Oversize, PayloadGuard.MaxPayload);
        }

        var reader = new JsonReader();
        reader.Reset(payload, 0, payload.Length);
        while (reader.Read())
        {
        }

        return new PayloadVerdict(reader.Cause, reader.Cause == RejectCause.None ? 0 : reader.Position);
    }

    /// <summary><c>accept</c>, or <c>reject CAUSE at BYTE</c>.</summary>
    public override string ToString() =>
        IsAccepted ? "accept" : string.Create(CultureInfo.InvariantCulture, $"reject {RejectCauses.Name(Cause)} at {Position}");
}
