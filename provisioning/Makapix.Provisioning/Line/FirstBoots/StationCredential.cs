using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Line.FirstBoots;

/// <summary>Who the station is to the broker: a folder as <c>makapix ca issue-operator</c> writes it.</summary>
public static class StationCredential
{
    /// <summary>Reads <c>op.crt</c> and <c>op.key</c>. The caller disposes the identity.</summary>
    /// <exception cref="LineException">150: they are not there, or not an operator's credential.</exception>
    public static ClientIdentity Load(string folder)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(Path.Combine(folder, "op.crt"));
            using var first = chain[0];
            chain.RemoveAt(0);
            return ClientIdentity.FromCertificates(X509Certificate2.CreateFromPemFile(Path.Combine(folder, "op.crt"), Path.Combine(folder, "op.key")), chain);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            // Not its text: that is .NET's, and of a key.
            throw new LineException(
                "150",
                $"there is no operator's credential in {folder}: op.crt and op.key are missing, cannot be read, or do not belong together.",
                "Issue one with 'makapix ca issue-operator', and let the broker's access list read makapix/player/+/status for it.",
                e);
        }
    }
}
