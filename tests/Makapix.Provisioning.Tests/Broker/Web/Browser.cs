using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Testing;

namespace Makapix.Provisioning.Tests.Broker.Web;

/// <summary>A page in a browser, byte by byte: MQTT over WebSocket through the front.</summary>
internal sealed class Browser : IDisposable
{
    public const string Page = "https://makapix.example";

    private readonly ClientWebSocket _socket = new();
    private readonly HttpMessageInvoker _network;
    private readonly CancellationToken _cancel;
    private readonly List<byte> _bytes = [];

    private Browser(HttpMessageInvoker network, CancellationToken cancel) => (_network, _cancel) = (network, cancel);

    /// <summary>Opens the WebSocket.</summary>
    /// <param name="port">The front's.</param>
    /// <param name="cancel">Ends all of it.</param>
    /// <param name="from">Address that it comes from.</param>
    /// <param name="origin">The page that it shows.</param>
    /// <param name="path">What it asks for.</param>
    /// <exception cref="WebSocketException">It is refused.</exception>
    public static async Task<Browser> OpenAsync(int port, CancellationToken cancel, string from = "127.0.0.1", string origin = Page, string path = "/mqtt")
    {
        var browser = new Browser(new HttpMessageInvoker(Network(from)), cancel);
        browser._socket.Options.AddSubProtocol("mqtt");
        browser._socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await browser._socket.ConnectAsync(new Uri($"wss://localhost:{port}{path}"), browser._network, cancel);
            return browser;
        }
        catch
        {
            browser.Dispose();
            throw;
        }
    }

    /// <summary>Shows a token; CONNACK's code, null if it was hung up on.</summary>
    public async Task<int?> ConnectAsync(string token)
    {
        await SendAsync([0x10, .. Length([.. Text("MQTT"), 4, 0xC2, 0, 30, .. Text("page"), .. Text("token"), .. Text(token)])]);
        return await ReadAsync() is [0x20, 2, 0, var code] ? code : null;
    }

    /// <summary>Subscribes; SUBACK's codes.</summary>
    public async Task<byte[]?> SubscribeAsync(params string[] filters)
    {
        await SendAsync([0x82, .. Length([0, 7, .. filters.SelectMany(filter => (byte[])[.. Text(filter), 1])])]);
        return await ReadAsync() is [0x90, _, 0, 7, .. var grants] ? grants : null;
    }

    public Task SendAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Binary) => _socket.SendAsync(bytes, type, endOfMessage: true, _cancel);

    /// <summary>A packet of less than 128 bytes and a length of one; null if it was hung up on.</summary>
    public async Task<byte[]?> ReadAsync()
    {
        var buffer = new byte[1024];
        while (_bytes.Count < 2 || _bytes.Count < 2 + _bytes[1])
        {
            try
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(), _cancel);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                _bytes.AddRange(buffer.AsSpan(0, received.Count));
            }
            catch (WebSocketException)
            {
                return null;
            }
        }

        byte[] packet = [.. _bytes[..(2 + _bytes[1])]];
        _bytes.RemoveRange(0, packet.Length);
        return packet;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _network.Dispose();
    }

    public static byte[] Text(string text) => [(byte)(Encoding.UTF8.GetByteCount(text) >> 8), (byte)Encoding.UTF8.GetByteCount(text), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Length(byte[] body) => body.Length < 0x80 ? [(byte)body.Length, .. body] : [(byte)(body.Length | 0x80), (byte)(body.Length >> 7), .. body];

    private static SocketsHttpHandler Network(string from) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { TestPki.Shared.Anchors[0] } },
        },
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
