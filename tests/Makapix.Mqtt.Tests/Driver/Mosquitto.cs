using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;

namespace Makapix.Mqtt.Tests.Driver;

/// <summary>A real mosquitto on a free loopback port: mutual TLS against the root alone, identity as user name.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("makapix-mosquitto-");
    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private Mosquitto(TestAuthority authority)
    {
        Port = FreePort();
        using X509Certificate2 leaf = authority.Leaf("broker", TestAuthority.ServerAuth, "localhost");
        using ECDsa key = leaf.GetECDsaPrivateKey()!;
        File.WriteAllText(InFolder("ca.pem"), authority.Root.ExportCertificatePem());
        File.WriteAllText(InFolder("chain.pem"), leaf.ExportCertificatePem() + "\n" + authority.Issuing.ExportCertificatePem());
        File.WriteAllText(InFolder("key.pem"), key.ExportPkcs8PrivateKeyPem());
        // Started as root, mosquitto becomes another user before it reads the key, unless told to stay.
        string user = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? "user root\n" : "";
        File.WriteAllText(
            InFolder("mosquitto.conf"),
            $"""
            {user}listener {Port} 127.0.0.1
            cafile {InFolder("ca.pem")}
            certfile {InFolder("chain.pem")}
            keyfile {InFolder("key.pem")}
            require_certificate true
            use_identity_as_username true
            allow_anonymous false
            persistence false

            """);
        _process = new Process { StartInfo = new ProcessStartInfo("mosquitto", ["-c", InFolder("mosquitto.conf"), "-v"]) { RedirectStandardError = true, RedirectStandardOutput = true } };
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.OutputDataReceived += (_, line) => Note(line.Data);
    }

    public int Port { get; }

    public static async Task<Mosquitto> StartAsync(TestAuthority authority, TimeSpan bound)
    {
        var mosquitto = new Mosquitto(authority);
        try
        {
            mosquitto._process.Start();
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("mosquitto is not there: run ./makapix doctor", e);
        }

        mosquitto._process.BeginErrorReadLine();
        mosquitto._process.BeginOutputReadLine();
        Task ended = mosquitto._process.WaitForExitAsync();
        if (await Task.WhenAny(mosquitto._running.Task, ended).WaitAsync(bound) == ended)
        {
            throw new InvalidOperationException($"mosquitto did not start:\n{mosquitto._log}");
        }

        return mosquitto;
    }

    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Note(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }

        if (line?.EndsWith(" running", StringComparison.Ordinal) == true)
        {
            _running.TrySetResult();
        }
    }

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);

    // Below the ports that the system hands out by itself: nothing else moves in between this look and mosquitto's own.
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
