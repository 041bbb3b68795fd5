using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Testing;

namespace Makapix.Device.Tests.Support;

/// <summary>Writes identity blobs, right ones and wrong ones, straight from the format's table.</summary>
public sealed class BlobBuilder
{
    public const int Length = 4096;

    public static readonly Guid DefaultId = Guid.Parse("3b9f5c1e-8a47-4d26-9c0e-5f1a2b3c4d5e");

    private readonly List<(byte Type, byte[] Value)> _fields;

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

    public long IssuedAt { get; }

    public BlobBuilder Set(byte type, byte[] value)
    {
        _fields[_fields.FindIndex(f => f.Type == type)] = (type, value);
        return this;
    }

    public BlobBuilder Remove(params byte[] types)
    {
        _fields.RemoveAll(f => types.Contains(f.Type));
        return this;
    }

    public BlobBuilder Add(byte type, byte[] value, int? at = null)
    {
        _fields.Insert(at ?? _fields.Count, (type, value));
        return this;
    }

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
