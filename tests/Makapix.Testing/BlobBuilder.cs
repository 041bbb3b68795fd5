using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Makapix.Testing;

/// <summary>Writes identity blobs, right ones and wrong ones, straight from the format's table.</summary>
public sealed class BlobBuilder
{
    /// <summary>Length of a blob, bytes.</summary>
    public const int Length = 4096;

    /// <summary>The device it is about, unless another is named.</summary>
    public static readonly Guid DefaultId = Guid.Parse("3b9f5c1e-8a47-4d26-9c0e-5f1a2b3c4d5e");

    private readonly List<(byte Type, byte[] Value)> _fields;

    /// <summary>All fields, and right.</summary>
    /// <param name="id">The device id.</param>
    /// <param name="host">The broker.</param>
    /// <param name="port">Its port.</param>
    /// <param name="pki">Who issues the device's certificate, and is trusted.</param>
    /// <param name="leaf">The device's certificate, with its key; null to have one issued.</param>
    public BlobBuilder(Guid? id = null, string host = "localhost", int port = 8883, TestPki? pki = null, X509Certificate2? leaf = null)
    {
        pki ??= TestPki.Shared;
        Guid device = id ?? DefaultId;
        leaf ??= pki.Device(device);
        using System.Security.Cryptography.ECDsa key = leaf.GetECDsaPrivateKey()!;
        IssuedAt = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds();
        _fields =
        [
            (1, device.ToByteArray(bigEndian: true)),
            (2, Encoding.ASCII.GetBytes(host)),
            (3, [(byte)port, (byte)(port >> 8)]),
            (4, pki.Root.RawData),
            (5, [.. leaf.RawData, .. pki.Devices.RawData]),
            (6, key.ExportECPrivateKey()),
            (7, BitConverter.GetBytes(IssuedAt)),
            (8, Encoding.ASCII.GetBytes($"makapix/player/{device}")),
            (9, new byte[32]),
            (10, new byte[32]),
            (11, Encoding.UTF8.GetBytes("Workshop")),
            (12, Encoding.UTF8.GetBytes("correct horse")),
        ];
    }

    /// <summary>What field 7 says, Unix seconds.</summary>
    public long IssuedAt { get; }

    /// <summary>Another value for a field.</summary>
    public BlobBuilder Set(byte type, byte[] value)
    {
        _fields[_fields.FindIndex(f => f.Type == type)] = (type, value);
        return this;
    }

    /// <summary>Leaves fields out.</summary>
    public BlobBuilder Remove(params byte[] types)
    {
        _fields.RemoveAll(f => types.Contains(f.Type));
        return this;
    }

    /// <summary>One more field, at the end or where it does not belong.</summary>
    public BlobBuilder Add(byte type, byte[] value, int? at = null)
    {
        _fields.Insert(at ?? _fields.Count, (type, value));
        return this;
    }

    /// <summary>The TLV area.</summary>
    public byte[] Fields()
    {
        using var stream = new MemoryStream();
        foreach ((byte type, byte[] value) in _fields)
        {
            stream.WriteByte(type);
            stream.Write([(byte)value.Length, (byte)(value.Length >> 8)]);
            stream.Write(value);
        }

        return stream.ToArray();
    }

    /// <summary>The blob.</summary>
    public byte[] Build() => Wrap(Fields());

    /// <summary>A blob around any bytes, with a checksum that is right.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> fields, byte version = 1)
    {
        var blob = new byte[Length];
        Array.Fill(blob, (byte)0xFF);
        "MKPXIDENT\0"u8.CopyTo(blob);
        blob[10] = version;
        BinaryPrimitives.WriteUInt16LittleEndian(blob.AsSpan(11), (ushort)fields.Length);
        fields.CopyTo(blob.AsSpan(13));
        BinaryPrimitives.WriteUInt32LittleEndian(blob.AsSpan(13 + fields.Length), Crc(blob.AsSpan(0, 13 + fields.Length)));
        return blob;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        // zlib's own, by way of a gzip trailer: not the code under test.
        using var memory = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(memory, System.IO.Compression.CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(data);
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(memory.ToArray().AsSpan((int)memory.Length - 8));
    }
}
