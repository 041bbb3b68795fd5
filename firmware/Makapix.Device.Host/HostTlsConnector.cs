using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using Makapix.Device.Connection;
using Makapix.Device.Identity;
using Makapix.Mqtt.Desktop;

namespace Makapix.Device.Host;

/// <summary>.NET's TLS with the device's rules: the identity's root alone, serverAuth, the host name, the dates.</summary>
internal sealed class HostTlsConnector(DeviceHostOptions options, IDeviceLog log, CancellationToken stop) : ITlsConnector, IDisposable
{
    private ClientIdentity? _client;
    private X509Certificate2Collection? _roots;
    private volatile string? _lastFailure;

    /// <summary>What the platform said of the last failure.</summary>
    public string? LastFailure => _lastFailure;

    public FailureCause Connect(DeviceIdentity identity, out ITlsStream? stream)
    {
        stream = null;
        try
        {
            _client ??= ClientIdentity.FromDer(identity.ChainDer, identity.PrivateKeyDer);
            _roots ??= [X509CertificateLoader.LoadCertificate(identity.RootDer)];
            options.Observer?.Connecting();
            var tls = new TlsOptions { TrustAnchors = _roots, Identity = _client, Protocols = options.Protocols };
            stream = new HostTlsStream(
                TlsConnection.OpenAsync(options.BrokerHost ?? identity.BrokerHost, options.BrokerPort ?? identity.BrokerPort, tls, stop).GetAwaiter().GetResult(), stop);
            return FailureCause.None;
        }
        catch (MqttException e)
        {
            return Failed(e, CauseOf(e.Kind));
        }
        catch (CryptographicException e)
        {
            return Failed(e, FailureCause.Identity);
        }
        catch (OperationCanceledException)
        {
            // The device is being stopped: nobody will look at the cause.
            return FailureCause.Closed;
        }
    }

    /// <summary>How a failure of the desktop's TLS is called on the device.</summary>
    public static FailureCause CauseOf(MqttFailure failure) => failure switch
    {
        MqttFailure.NameNotResolved => FailureCause.NoName,
        MqttFailure.Unreachable => FailureCause.NoRoute,
        MqttFailure.ServerUntrusted or MqttFailure.ServerNameMismatch or MqttFailure.ServerExpired or MqttFailure.ServerWrongUsage => FailureCause.Untrusted,
        MqttFailure.CertificateRefused => FailureCause.CertificateRefused,
        MqttFailure.TlsFailed => FailureCause.Tls,
        MqttFailure.TimedOut => FailureCause.Timeout,
        _ => FailureCause.Closed,
    };

    public void Dispose()
    {
        _client?.Dispose();
        _roots?[0].Dispose();
    }

    private FailureCause Failed(Exception e, FailureCause cause)
    {
        _lastFailure = e.Message;
        log.Write(e.Message);
        return cause;
    }
}
