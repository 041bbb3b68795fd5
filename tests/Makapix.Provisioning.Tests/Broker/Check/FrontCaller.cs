using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Check;

namespace Makapix.Provisioning.Tests.Broker.Check;

/// <summary>Says hello to a front, from any address of loopback.</summary>
internal sealed class FrontCaller(HostileClient client, CancellationToken cancel)
{
    /// <summary>Whether a broker answers.</summary>
    public async Task<bool> IsServedAsync(string from)
    {
        using var connection = await HoldAsync(from);
        return connection is not null;
    }

    /// <summary>A connection that a broker has answered; null if the front refused it. Who is refused unheard may not even see that he was connected.</summary>
    public async Task<HostileConnection?> HoldAsync(string from) =>
        await client.TcpAsync(IPAddress.Parse(from), cancel) is { } connection ? await GreetAsync(connection, cancel) : null;

    /// <summary>The connection, once a broker has answered; null if the front refused it.</summary>
    public static async Task<HostileConnection?> GreetAsync(HostileConnection connection, CancellationToken cancel)
    {
        await connection.WriteAsync(await ClientHello.NewAsync(cancel), cancel);

        // A server's hello begins with the number of a handshake record.
        if (await connection.ReadAsync(1, cancel) is [0x16])
        {
            return connection;
        }

        connection.Dispose();
        return null;
    }
}
