using System;
using System.IO;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>An authority and the real mosquitto that verifies its clients by it.</summary>
internal sealed class BrokerBench : IAsyncDisposable
{
    private static readonly SslProtocols[] Versions = [SslProtocols.Tls12, SslProtocols.Tls13];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IPEndPoint _listen = new(IPAddress.Loopback, FreePort.Pick());
    private MosquittoProcess? _mosquitto;

    public BrokerBench(TestFolder folder, AuthorityOptions? options = null, string name = "ca")
    {
        Dir = folder.At(name);
        BrokerFolder = folder.At(name + "-broker");
        Authority = TestAuthority.Init(Dir, options);
        new CredentialWriter(Authority, BrokerFolder).Broker(["localhost"]);
    }

    public CertificateAuthority Authority { get; }

    public string Dir { get; }

    public string BrokerFolder { get; }

    public string Crl => Path.Combine(BrokerFolder, "crl.pem");

    public string Trust => Path.Combine(BrokerFolder, "ca.crt");

    public int BrokerId => _mosquitto!.ProcessId;

    public async Task StartAsync() => _mosquitto = await MosquittoProcess.StartAsync(new MosquittoOptions(BrokerFolder, _listen, PlayerAcl.Text([])), CancellationToken.None);

    public async Task RestartAsync()
    {
        await _mosquitto!.DisposeAsync();
        await StartAsync();
    }

    public Task ReloadAsync() => _mosquitto!.ReloadAsync(CancellationToken.None);

    /// <summary>Let in over both versions of TLS.</summary>
    public async Task RequireInAsync(ClientIdentity who, string what)
    {
        foreach (var version in Versions)
        {
            var refusal = await KnockAsync(who, version);
            Assert.IsNull(refusal, $"{what}, {version}: {refusal?.Cause} {string.Join('\n', _mosquitto!.Log)}");
        }
    }

    /// <summary>Refused over both versions of TLS, for its certificate.</summary>
    public async Task RequireOutAsync(ClientIdentity who, string what)
    {
        foreach (var version in Versions)
        {
            Assert.AreEqual(MqttFailure.CertificateRefused, (await RefusalAsync(who, version))?.Kind, $"{what}, {version}: {string.Join('\n', _mosquitto!.Log)}");
        }
    }

    /// <summary>Waits until the broker, which was told of new lists, goes by them.</summary>
    public async Task WaitUntilAsync(bool letIn, ClientIdentity who, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await KnockAsync(who, SslProtocols.Tls12) is null) != letIn)
        {
            Assert.IsFalse(patience.IsCancellationRequested, what);
        }
    }

    public ClientIdentity Device()
    {
        using var material = Authority.IssueDevice(Guid.NewGuid());
        return ClientIdentity.FromDer(material.ChainDer.Span, material.PrivateKeyDer.Span);
    }

    public static ClientIdentity Of(TlsCredential credential)
    {
        using (credential)
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(credential.ChainPem);
            chain.RemoveAt(0);
            return ClientIdentity.FromCertificates(credential.ToCertificate(), chain);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_mosquitto is not null)
        {
            await _mosquitto.DisposeAsync();
        }

        Authority.Dispose();
    }

    // With TLS 1.3 a client has sent more by the time it is refused: the reset that answers that may be faster than the alert, which alone says why.
    private async Task<MqttException?> RefusalAsync(ClientIdentity who, SslProtocols version)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var refusal = await KnockAsync(who, version);
            if (refusal?.Kind != MqttFailure.ConnectionClosed || patience.IsCancellationRequested)
            {
                return refusal;
            }
        }
    }

    private async Task<MqttException?> KnockAsync(ClientIdentity who, SslProtocols version)
    {
        try
        {
            var options = new MqttClientOptions
            {
                Host = "localhost",
                Port = _listen.Port,
                Tls = new TlsOptions { TrustAnchors = [X509CertificateLoader.LoadCertificate(Authority.RootDer.Span)], Identity = who, Protocols = version },
                Session = new MqttOptions($"knock-{Guid.NewGuid():N}"),
            };
            await using var client = await MqttClient.ConnectAsync(options, CancellationToken.None);
            return null;
        }
        catch (MqttException e)
        {
            return e;
        }
    }
}
