using System;
using System.ComponentModel;
using System.Security.Cryptography;

namespace Makapix.Mqtt.Desktop;

/// <summary>
/// Finds the TLS alert that the peer sent in what the platform throws. .NET has no member for it. In TLS 1.3 the answer to our certificate comes only
/// after the handshake has succeeded on our side (RFC 8446, 4.4.2.4), so it shows up in the first read.
/// </summary>
internal static class TlsAlert
{
    // OpenSSL 3 packs an error as library (20: SSL) << 23 | reason, and a received alert as reason 1000 + alert (SSL_AD_REASON_OFFSET).
    private const int OpenSslLibrary = 20;
    private const int OpenSslAlert = 1000;

    /// <summary>Whether the peer refused our certificate; null if <paramref name="failure"/> holds no alert.</summary>
    public static bool? RefusesCertificate(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is CryptographicException openSsl && openSsl.HResult >>> 23 == OpenSslLibrary
                && (openSsl.HResult & 0x7FFFFF) - OpenSslAlert is >= 0 and < 256 and var alert)
            {
                return IsAboutCertificate(alert);
            }

            if (failure is Win32Exception { NativeErrorCode: var code } && IsSChannelCertificateAlert(code))
            {
                return true;
            }
        }

        return null;
    }

    // RFC 8446, 6.2: handshake_failure (what TLS 1.2 servers say to a missing certificate), bad_certificate to unknown_ca, access_denied,
    // decrypt_error (our signature), certificate_required.
    private static bool IsAboutCertificate(int alert) => alert is 40 or (>= 42 and <= 46) or 48 or 49 or 51 or 116;

    // SEC_E_UNTRUSTED_ROOT, SEC_E_CERT_UNKNOWN, SEC_E_CERT_EXPIRED. They can only be the peer's word: the server's certificate is judged by ServerVerdict.
    private static bool IsSChannelCertificateAlert(int code) => unchecked((uint)code) is 0x80090325 or 0x80090327 or 0x80090328;
}
