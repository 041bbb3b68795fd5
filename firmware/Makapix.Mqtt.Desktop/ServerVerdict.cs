using System.Linq;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Mqtt.Desktop;

/// <summary>
/// Sees what the platform found about the server's certificate, and why it was refused. It can only be stricter than the platform: where that found
/// anything, the answer is no.
/// </summary>
internal sealed class ServerVerdict
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";

    /// <summary>Why the server is not proven; null while it is, or was not yet judged.</summary>
    public MqttFailure? Refusal { get; private set; }

    /// <summary>The chain policy: these roots only, for a server, nothing fetched.</summary>
    public static X509ChainPolicy PolicyFor(X509Certificate2Collection trustAnchors)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // The broker kit revokes clients; a broker's own certificate is replaced with its short life. No client may depend on reaching a CRL server.
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(trustAnchors);
        policy.ApplicationPolicy.Add(new Oid(ServerAuth));
        return policy;
    }

    /// <summary>The validation callback: agrees with the platform, and demands the extended key usage where the platform is content with its absence.</summary>
    public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Refusal = Reason(certificate, chain, errors);
        return errors == SslPolicyErrors.None && Refusal is null;
    }

    private static MqttFailure? Reason(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) || certificate is not X509Certificate2 leaf)
        {
            return MqttFailure.TlsFailed;
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            X509ChainStatusFlags found = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? X509ChainStatusFlags.PartialChain;
            const X509ChainStatusFlags Milder = X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.NotValidForUsage;
            return (found & ~Milder) != 0 ? MqttFailure.ServerUntrusted
                : found.HasFlag(X509ChainStatusFlags.NotValidForUsage) ? MqttFailure.ServerWrongUsage
                : MqttFailure.ServerExpired;
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return MqttFailure.ServerNameMismatch;
        }

        bool forServers = leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(e => e.EnhancedKeyUsages.OfType<Oid>().Any(o => o.Value == ServerAuth));
        return forServers ? null : MqttFailure.ServerWrongUsage;
    }
}
