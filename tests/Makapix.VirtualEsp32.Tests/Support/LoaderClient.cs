using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.VirtualEsp32.Tests.Support;

/// <summary>The host's side of the ROM loader protocol, written from Espressif's description alone.</summary>
internal sealed class LoaderClient : IDisposable
{
    public static readonly byte[] SyncData = [0x07, 0x07, 0x12, 0x20, .. Enumerable.Repeat((byte)0x55, 32)];

    public static readonly byte[] SyncFrame = Frame(Packet(Op.Sync, SyncData));

    private readonly TcpClient _tcp = new() { NoDelay = true, ReceiveTimeout = 60_000, SendTimeout = 60_000 };
    private readonly NetworkStream _send;
    private readonly BufferedStream _receive;

    public LoaderClient(IPEndPoint endPoint)
    {
        _tcp.Connect(endPoint);
        _send = _tcp.GetStream();
        _receive = new BufferedStream(_send);
    }

    public static byte[] Words(params uint[] words)
    {
        var bytes = new byte[words.Length * 4];
        for (var i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), words[i]);
        }

        return bytes;
    }

    public static byte Checksum(byte[] data) => data.Aggregate((byte)0xEF, (sum, value) => (byte)(sum ^ value));

    public static byte[] Packet(byte op, byte[] data, uint checksum = 0, ushort? length = null)
    {
        var packet = new byte[8 + data.Length];
        packet[1] = op;
        BinaryPrimitives.WriteUInt16LittleEndian(packet.AsSpan(2), length ?? (ushort)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(4), checksum);
        data.CopyTo(packet, 8);
        return packet;
    }

    public static byte[] Frame(byte[] packet) =>
        [0xC0, .. packet.SelectMany(value => value switch { 0xC0 => [0xDB, 0xDC], 0xDB => [0xDB, 0xDD], _ => new[] { value } }), 0xC0];

    /// <summary>Whether something has come back that nobody has read yet.</summary>
    public bool HasAnswer => _tcp.Available > 0;

    /// <summary>Sends bytes as they are.</summary>
    public void SendRaw(byte[] bytes) => _send.Write(bytes);

    /// <summary>Sends bytes as they are, hangs up, and returns all that came back: silence needs no waiting to be seen.</summary>
    public byte[] SendRawAndDrain(byte[] bytes)
    {
        SendRaw(bytes);
        _tcp.Client.Shutdown(SocketShutdown.Send);
        using var received = new MemoryStream();
        _receive.CopyTo(received);
        return received.ToArray();
    }

    public LoaderAnswer Command(byte op, byte[] data, uint checksum = 0)
    {
        SendRaw(Frame(Packet(op, data, checksum)));
        return Read(op);
    }

    /// <summary>A command that has to succeed.</summary>
    public LoaderAnswer Expect(byte op, byte[] data, uint checksum = 0)
    {
        var answer = Command(op, data, checksum);
        Assert.AreEqual(0, answer.Error, $"command 0x{op:X2}");
        return answer;
    }

    /// <summary>Synchronises, and takes the eight answers off the line.</summary>
    public void Sync()
    {
        SendRaw(SyncFrame);
        SkipSync();
    }

    /// <summary>Takes the eight answers to a SYNC off the line.</summary>
    public void SkipSync()
    {
        for (var i = 0; i < 8; i++)
        {
            var answer = Read(Op.Sync);
            Assert.AreEqual(0, answer.Error);
            Assert.AreNotEqual(0u, answer.Value, "by 0, esptool would know its stub");
        }
    }

    public LoaderAnswer Block(byte op, uint sequence, byte[] data) => Command(op, [.. Words((uint)data.Length, sequence, 0, 0), .. data], Checksum(data));

    public LoaderAnswer Read(byte op)
    {
        var packet = ReadPacket();
        Assert.AreEqual(1, packet[0], "direction");
        Assert.AreEqual(op, packet[1], "command");
        Assert.AreEqual(packet.Length - 8, BinaryPrimitives.ReadUInt16LittleEndian(packet.AsSpan(2)), "length");
        var status = packet[^4..];
        Assert.AreEqual(status[0] == 0, status[1] == 0, "status and error agree");
        return new LoaderAnswer(BinaryPrimitives.ReadUInt32LittleEndian(packet.AsSpan(4)), packet[8..^4], status[1]);
    }

    public uint ReadRegister(uint address) => Expect(Op.ReadReg, Words(address)).Value;

    public void WriteRegister(uint address, uint value, uint mask = 0xFFFFFFFF) => Expect(Op.WriteReg, Words(address, value, mask, 0));

    public void Dispose() => _tcp.Dispose();

    private byte[] ReadPacket()
    {
        var packet = new List<byte>();
        Assert.AreEqual(0xC0, ReadByte(), "a frame begins with END");
        while (true)
        {
            switch (ReadByte())
            {
                case 0xC0:
                    return [.. packet];
                case 0xDB:
                    packet.Add(ReadByte() == 0xDC ? (byte)0xC0 : (byte)0xDB);
                    break;
                case var value:
                    packet.Add(value);
                    break;
            }
        }
    }

    public byte ReadByte() => _receive.ReadByte() is var value and >= 0 ? (byte)value : throw new EndOfStreamException("the chip hung up");
}
