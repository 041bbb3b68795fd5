using System;
using System.Collections.Generic;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Web;

/// <summary>Packets out of a WebSocket, whose messages need not end where packets do (MQTT 3.1.1, 6).</summary>
internal sealed class BrowserPackets(WebSocket socket)
{
    /// <summary>A browser sends its token and a few filters.</summary>
    public const int MaxBytes = 4 * 1024;

    private readonly byte[] _buffer = new byte[MaxBytes];
    private readonly List<byte> _bytes = [];

    /// <returns>Null when the browser went away, or sent what cannot be a packet.</returns>
    public async Task<BrowserPacket?> ReadAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (!Take(out var packet))
            {
                return null;
            }

            if (packet is not null)
            {
                return packet;
            }

            var received = await socket.ReceiveAsync(_buffer.AsMemory(), cancel);
            if (received.MessageType != WebSocketMessageType.Binary)
            {
                return null;
            }

            _bytes.AddRange(_buffer.AsSpan(0, received.Count));
        }
    }

    // False: it is none, and never will be.
    private bool Take(out BrowserPacket? packet)
    {
        packet = null;
        var length = 0;
        for (var i = 1; i < _bytes.Count; i++)
        {
            length |= (_bytes[i] & 0x7F) << (7 * (i - 1));
            if (length > MaxBytes || i > 2)
            {
                return false;
            }

            if (_bytes[i] < 0x80)
            {
                if (_bytes.Count >= i + 1 + length)
                {
                    packet = new BrowserPacket(_bytes[0], _bytes.GetRange(i + 1, length).ToArray());
                    _bytes.RemoveRange(0, i + 1 + length);
                }

                return true;
            }
        }

        return true;
    }
}
