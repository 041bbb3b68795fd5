using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using Makapix.Device.Connection;
using Makapix.Device.Identity;

namespace Makapix.Footprint;

/// <summary>A broker at the other end of the device's stream: it answers what the device sends, packet by packet (MQTT 3.1.1), and sends commands.</summary>
internal sealed class SmallBroker(SmallWorld world) : ITlsConnector, ITlsStream
{
    private readonly Queue<byte> _toDevice = new();
    private readonly List<byte> _fromDevice = [];
    private bool _isOpen;
    private ushort _packetId;

    /// <summary>Whether PUBACK comes.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>Messages that the device has published.</summary>
    public int Published { get; private set; }

    public FailureCause EndedBy => FailureCause.Closed;

    public FailureCause Connect(DeviceIdentity identity, out ITlsStream? stream)
    {
        _toDevice.Clear();
        _fromDevice.Clear();
        _isOpen = true;
        stream = this;
        return FailureCause.None;
    }

    public int Read(byte[] buffer, int timeoutMs)
    {
        var count = 0;
        while (count < buffer.Length && _toDevice.TryDequeue(out var b))
        {
            buffer[count++] = b;
        }

        if (count == 0 && _isOpen)
        {
            world.Advance(timeoutMs);
        }

        return count == 0 && !_isOpen ? -1 : count;
    }

    public bool Write(byte[] buffer, int offset, int count)
    {
        _fromDevice.AddRange(buffer.AsSpan(offset, count));
        while (TryTake(out var packet))
        {
            Answer(packet);
        }

        return _isOpen;
    }

    public void Close() => _isOpen = false;

    /// <summary>Publishes to the device, QoS 1.</summary>
    public void Deliver(string topic, string payload)
    {
        var (name, text) = (Encoding.UTF8.GetBytes(topic), Encoding.UTF8.GetBytes(payload));
        Say(0x32);
        for (var length = 2 + name.Length + 2 + text.Length; ;)
        {
            Say((byte)(length > 0x7F ? (length & 0x7F) | 0x80 : length));
            length >>= 7;
            if (length == 0)
            {
                break;
            }
        }

        _packetId++;
        Say([(byte)(name.Length >> 8), (byte)name.Length, .. name, (byte)(_packetId >> 8), (byte)_packetId, .. text]);
    }

    private bool TryTake(out byte[] packet)
    {
        packet = [];
        var (length, at) = (0, 1);
        do
        {
            if (at >= _fromDevice.Count)
            {
                return false;
            }

            length |= (_fromDevice[at] & 0x7F) << (7 * (at - 1));
        }
        while (_fromDevice[at++] > 0x7F);

        if (_fromDevice.Count < at + length)
        {
            return false;
        }

        packet = [_fromDevice[0], .. _fromDevice.GetRange(at, length)];
        _fromDevice.RemoveRange(0, at + length);
        return true;
    }

    private void Answer(byte[] packet)
    {
        switch (packet[0] >> 4)
        {
            case 1:
                Say(0x20, 2, 0, 0);
                break;
            case 3:
                Published++;
                var behindTopic = 3 + BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(1));
                if (Acknowledges)
                {
                    Say(0x40, 2, packet[behindTopic], packet[behindTopic + 1]);
                }

                break;
            case 8:
                Say(0x90, 3, packet[1], packet[2], 1);
                break;
            case 12:
                Say(0xD0, 0);
                break;
            default:
                // PUBACK and DISCONNECT want no answer.
                break;
        }
    }

    private void Say(params byte[] bytes) => Array.ForEach(bytes, _toDevice.Enqueue);
}
