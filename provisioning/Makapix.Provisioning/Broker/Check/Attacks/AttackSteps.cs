using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>What the attackers of <see cref="AttackTable"/> do, each once.</summary>
internal static class AttackSteps
{
    // The longest that a description of a kit can ask for.
    private const int LongestKeepAliveSeconds = 3600;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>One after the other of those whose certificates were stolen: each stays below what the front lets an address do, so that the broker meets what is sent.</summary>
    public static CheckIdentity Stolen(AttackScene scene, int number) => scene.World.Hostile[number % CheckWorld.Stolen];

    /// <summary>A ClientHello, and then nothing.</summary>
    public static async Task<HostileConnection?> StallAsync(AttackScene scene, IPAddress from, CancellationToken stop)
    {
        var hello = await ClientHello.NewAsync(stop);
        if (await scene.Client.TcpAsync(from, stop) is not { } connection)
        {
            return null;
        }

        try
        {
            await connection.WriteAsync(hello, stop);
            return connection;
        }
        catch
        {
            // The end came in between: nobody else would close it.
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A session that is closed as soon as it stands.</summary>
    public static async Task FlapAsync(AttackScene scene, CheckIdentity who, CancellationToken stop)
    {
        using var connection = await scene.Client.MqttAsync(who, MqttBytes.Connect(who.Name), stop);
        scene.Count(connection is null ? "refused" : "connected");
        if (connection is not null)
        {
            await connection.WriteAsync(MqttBytes.Disconnect, stop);
        }
    }

    /// <summary>A TLS handshake, and nothing more.</summary>
    public static async Task HandshakeAsync(AttackScene scene, CancellationToken stop)
    {
        using var connection = await scene.Client.TlsAsync(scene.World.Attacker, stop);
        scene.Count(connection is null ? "refused" : "shaken");
    }

    /// <summary>A session whose keep-alive never ends, or nearly. What the broker makes of it, only MQTT 5 has it say.</summary>
    public static async Task<HostileConnection?> LingerAsync(AttackScene scene, int number, CancellationToken stop)
    {
        var who = Stolen(scene, number);
        var keepAlive = number % 4 < 2 ? 0 : ushort.MaxValue;
        if (number % 2 == 0)
        {
            var connection = await scene.Client.MqttAsync(who, MqttBytes.Connect(who.Name, keepAlive), stop);
            scene.Count(connection is null ? "3.1.1: refused" : "3.1.1: taken");
            return connection;
        }

        return await scene.Client.Mqtt5Async(who, MqttBytes.Connect5(who.Name, [], keepAlive), Kept, stop);

        void Kept(int? instead)
        {
            var seconds = instead ?? keepAlive;
            scene.Count($"5: asked for {keepAlive} s, given {seconds} s");
            if (seconds is 0 or > LongestKeepAliveSeconds)
            {
                scene.LetIn();
            }
        }
    }

    /// <summary>A message of that size, in a session of its own.</summary>
    public static async Task PublishAsync(AttackScene scene, int number, int bytes, CancellationToken stop)
    {
        var who = Stolen(scene, number);
        using var connection = await scene.Client.MqttAsync(who, MqttBytes.Connect(who.Name), stop);
        if (connection is null)
        {
            scene.Count("refused");
            return;
        }

        await connection.WriteAsync(MqttBytes.Publish(who.Topic("status"), new byte[bytes], id: 1), stop);
        scene.Count(await connection.ReadAsync(4, stop) is null ? "closed by the broker" : "taken");
    }

    /// <summary>One of the malformed packets.</summary>
    public static async Task MalformedAsync(AttackScene scene, int number, CancellationToken stop)
    {
        var who = Stolen(scene, number);
        var all = MalformedCorpus.BeforeTls.Length + MalformedCorpus.Openings.Length + MalformedCorpus.Sessions.Length;
        var index = number % all;
        if (index < MalformedCorpus.BeforeTls.Length)
        {
            await SendAsync(scene, await scene.Client.TcpAsync(who.Address, stop), MalformedCorpus.BeforeTls[index], stop);
            return;
        }

        index -= MalformedCorpus.BeforeTls.Length;
        if (index < MalformedCorpus.Openings.Length)
        {
            await SendAsync(scene, await scene.Client.TlsAsync(who, stop), MalformedCorpus.Openings[index], stop);
            return;
        }

        await SendAsync(scene, await scene.Client.MqttAsync(who, MqttBytes.Connect(who.Name), stop), MalformedCorpus.Sessions[index - MalformedCorpus.Openings.Length], stop);
    }

    /// <summary>One of the property bombs.</summary>
    public static async Task BombAsync(AttackScene scene, int number, CancellationToken stop)
    {
        var who = Stolen(scene, number);
        var sessions = PropertyBombs.Sessions(who.Topic("status"));
        var index = number % (PropertyBombs.Openings.Length + sessions.Length);
        var bomb = index < PropertyBombs.Openings.Length ? PropertyBombs.Openings[index] : [.. MqttBytes.Connect5(who.Name, []), .. sessions[index - PropertyBombs.Openings.Length]];
        await SendAsync(scene, await scene.Client.TlsAsync(who, stop), bomb, stop);
    }

    private static async Task SendAsync(AttackScene scene, HostileConnection? to, byte[] bytes, CancellationToken stop)
    {
        using var connection = to;
        if (connection is null)
        {
            scene.Count("refused");
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            await connection.WriteAsync(bytes, patience.Token);
            await connection.UntilClosedAsync(patience.Token);
            scene.Count("closed by the broker");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            scene.Count("left open");
        }
    }
}
