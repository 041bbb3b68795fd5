using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Makapix.Provisioning.Broker.Web;

/// <summary>Reads the fields of a packet. All of it throws <see cref="InvalidDataException"/> where they are not what MQTT 3.1.1 has there.</summary>
internal sealed class BrowserFields(ReadOnlyMemory<byte> body)
{
    private const byte WillFlag = 0x04;
    private const byte PasswordFlag = 0x40;
    private const byte NameFlag = 0x80;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlyMemory<byte> _rest = body;

    /// <summary>CONNECT: the token is its password; the user name and the client id are nobody's concern.</summary>
    public (string Token, int KeepAliveSeconds) Connect()
    {
        if (Text() != "MQTT" || Byte() != 4)
        {
            throw new InvalidDataException("not MQTT 3.1.1");
        }

        var flags = Byte();
        if ((flags & WillFlag) != 0 || (flags & PasswordFlag) == 0)
        {
            throw new InvalidDataException("a browser has no will, and a token");
        }

        var keepAlive = Number();
        Text();
        if ((flags & NameFlag) != 0)
        {
            Text();
        }

        var token = Text();
        return _rest.IsEmpty ? (token, keepAlive) : throw new InvalidDataException("more than a CONNECT");
    }

    /// <summary>SUBSCRIBE, or UNSUBSCRIBE, which has no QoS.</summary>
    public (int Id, List<string> Filters) Filters(bool withQos)
    {
        var id = Number();
        var filters = new List<string>();
        while (!_rest.IsEmpty)
        {
            filters.Add(Text());
            if (withQos && Byte() > 2)
            {
                throw new InvalidDataException("no such QoS");
            }
        }

        return id != 0 && filters.Count > 0 ? (id, filters) : throw new InvalidDataException("no filter");
    }

    private byte Byte() => Bytes(1).Span[0];

    private int Number() => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2).Span);

    private string Text()
    {
        try
        {
            return Utf8.GetString(Bytes(Number()).Span);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException("no UTF-8", e);
        }
    }

    private ReadOnlyMemory<byte> Bytes(int count)
    {
        if (count > _rest.Length)
        {
            throw new InvalidDataException("shorter than it says");
        }

        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }
}
