using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Testing;

/// <summary>A real mosquitto on a loopback port of its own: mutual TLS, TLS 1.2 or newer, the client's CN as its user name, clients judged by the root alone.</summary>
public sealed class Mosquitto : IDisposable
{
    /// <summary>Who may watch and command all players.</summary>
    public const string Operator = "op_test";

    // Longer than a start takes; only a hang meets it.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Scratch _scratch = new();
    private readonly StringBuilder _log = new();
    private Process? _process;

    /// <summary>Writes its files; it does not run yet.</summary>
    /// <param name="clients">Who issues the clients that it takes.</param>
    /// <param name="certificate">What it shows; null for one that is right.</param>
    /// <param name="issuer">Who issued that; null for <paramref name="clients"/>.</param>
    /// <param name="acl">Who may publish and read what; null for everybody everything.</param>
    /// <param name="maxConnections">After how many it hangs up on whoever comes.</param>
    /// <param name="crl">Revocation lists, PEM.</param>
    public Mosquitto(TestPki clients, X509Certificate2? certificate = null, TestPki? issuer = null, string? acl = null, int? maxConnections = null, string? crl = null)
    {
        certificate ??= clients.Broker("localhost");
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        string ca = _scratch.Write("ca.pem", clients.Root.ExportCertificatePem());
        string chain = _scratch.Write("chain.pem", $"{certificate.ExportCertificatePem()}\n{(issuer ?? clients).Services.ExportCertificatePem()}\n");

        // Started as root, mosquitto becomes another user before it reads the key, unless told to stay.
        _scratch.Write("mosquitto.conf", $"""
            user {Environment.UserName}
            persistence false
            allow_anonymous false
            {(acl is null ? "" : $"acl_file {_scratch.Write("acl", acl)}")}
            listener {Port} 127.0.0.1
            cafile {ca}
            certfile {chain}
            keyfile {_scratch.Write("key.pem", key.ExportPkcs8PrivateKeyPem())}
            require_certificate true
            use_identity_as_username true
            tls_version tlsv1.2
            {(maxConnections is { } most ? $"max_connections {most}" : "")}
            {(crl is null ? "" : $"crlfile {_scratch.Write("crl.pem", crl)}")}

            """);
    }

    /// <summary>Where it listens; the same after each start.</summary>
    public int Port { get; } = FreePort.Pick();

    /// <summary>All that it said.</summary>
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

    /// <summary>One of <see cref="TestPki.Shared"/>, with the access list of players and of <see cref="Operator"/>.</summary>
    /// <param name="certificate">What it shows; null for one that is right.</param>
    /// <param name="issuer">Who issued that. Clients are judged by the shared authority all the same: an impostor would let anybody in.</param>
    /// <param name="maxConnections">After how many it hangs up on whoever comes.</param>
    /// <param name="crl">Revocation lists, PEM.</param>
    public static Mosquitto ForPlayers(X509Certificate2? certificate = null, TestPki? issuer = null, int? maxConnections = null, string? crl = null)
    {
        const string Acl = $"""
            user {Operator}
            topic readwrite makapix/player/#
            pattern read makapix/player/%u/command
            pattern write makapix/player/%u/command/ack
            pattern write makapix/player/%u/status
            pattern write makapix/player/%u/capabilities
            pattern write makapix/player/%u/state

            """;
        return new Mosquitto(TestPki.Shared, certificate, issuer, Acl, maxConnections, crl);
    }

    /// <summary>Starts it, and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, or did not start.</exception>
    public async Task StartAsync()
    {
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo("mosquitto", ["-v", "-c", _scratch.At("mosquitto.conf")]) { RedirectStandardError = true, RedirectStandardOutput = true };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Note(line.Data, listens);
        _process.ErrorDataReceived += (_, line) => Note(line.Data, listens);
        try
        {
            _process.Start();
        }
        catch (Win32Exception e)
        {
            _process = null;
            throw new InvalidOperationException("mosquitto is not on PATH. Run ./makapix setup.", e);
        }

        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Task first = await Task.WhenAny(listens.Task, _process.WaitForExitAsync(), Task.Delay(Limit));
        if (first != listens.Task)
        {
            throw new InvalidOperationException($"mosquitto did not start:\n{Log}");
        }
    }

    /// <summary>Waits until it has said something: what it does is seen by others before its words come through the pipe.</summary>
    /// <param name="text">A part of that.</param>
    /// <param name="why">What it is waited for.</param>
    /// <exception cref="TimeoutException">It did not say so.</exception>
    public Task SaidAsync(string text, string why) =>
        Eventually.HoldsAsync(() => Log.Contains(text, StringComparison.Ordinal), () => $"mosquitto says '{text}', {why}:\n{Log}");

    /// <summary>Kills it, as a power cut would.</summary>
    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _scratch.Dispose();
    }

    private void Note(string? line, TaskCompletionSource listens)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }

        if (line?.EndsWith(" running", StringComparison.Ordinal) == true)
        {
            listens.TrySetResult();
        }
    }
}
