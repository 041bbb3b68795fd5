using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;

namespace Makapix.Device.Tests.Support;

/// <summary>A real mosquitto on a loopback port of its own: mTLS, identity as user name, the player ACL.</summary>
public sealed class Mosquitto : IDisposable
{
    public const string Operator = "op_test";

    private readonly string _folder = Directory.CreateTempSubdirectory("makapix-mosquitto-").FullName;
    private readonly StringBuilder _log = new();
    private Process? _process;

    /// <param name="certificate">What it shows.</param>
    /// <param name="pki">Who issued that.</param>
    /// <param name="maxConnections">After how many it hangs up on whoever comes.</param>
    /// <param name="crl">Revocation lists, PEM.</param>
    public Mosquitto(X509Certificate2 certificate, TestPki? pki = null, int? maxConnections = null, string? crl = null)
    {
        pki ??= TestPki.Shared;
        Port = FreePort();
        using System.Security.Cryptography.ECDsa key = certificate.GetECDsaPrivateKey()!;
        Write("server.pem", certificate.ExportCertificatePem() + "\n" + pki.Services.ExportCertificatePem() + "\n");
        Write("server.key", key.ExportPkcs8PrivateKeyPem());
        // Clients are judged by the real authority even where the server has another one: an impostor would let anybody in.
        Write("ca.pem", string.Join('\n', TestPki.Shared.Root.ExportCertificatePem(), TestPki.Shared.Devices.ExportCertificatePem(), TestPki.Shared.Services.ExportCertificatePem(), ""));
        Write("acl", $"""
            user {Operator}
            topic readwrite makapix/player/#
            pattern read makapix/player/%u/command
            pattern write makapix/player/%u/command/ack
            pattern write makapix/player/%u/status
            pattern write makapix/player/%u/capabilities
            pattern write makapix/player/%u/state

            """);
        // As root, mosquitto would become its own user before it reads the key.
        Write("mosquitto.conf", $"""
            user root
            persistence false
            allow_anonymous false
            acl_file {_folder}/acl
            listener {Port} 127.0.0.1
            cafile {_folder}/ca.pem
            certfile {_folder}/server.pem
            keyfile {_folder}/server.key
            require_certificate true
            use_identity_as_username true
            tls_version tlsv1.2
            {(maxConnections is { } most ? $"max_connections {most}" : "")}
            {(crl is null ? "" : $"crlfile {_folder}/crl.pem")}

            """);
        if (crl is not null)
        {
            Write("crl.pem", crl);
        }
    }

    public int Port { get; }

    /// <summary>Starts it, and waits until it listens.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("mosquitto", ["-v", "-c", Path.Combine(_folder, "mosquitto.conf")]) { RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("mosquitto is not on PATH: run ./makapix doctor.", e);
        }

        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Take(object sender, DataReceivedEventArgs line)
        {
            lock (_log)
            {
                _log.AppendLine(line.Data);
            }

            if (line.Data?.Contains("running", StringComparison.Ordinal) == true)
            {
                listens.TrySetResult();
            }
        }

        _process.OutputDataReceived += Take;
        _process.ErrorDataReceived += Take;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await listens.Task.WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"mosquitto did not start:\n{Log}");
        }
    }

    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Kills it, as a power cut would.</summary>
    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        Kill();
        Directory.Delete(_folder, recursive: true);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    // Below the ports that the system hands out by itself: nothing moves in between this look and mosquitto's start, or while a test has it down.
    private static int FreePort()
    {
        while (true)
        {
            int port = Random.Shared.Next(20_000, 30_000);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
    }
}
