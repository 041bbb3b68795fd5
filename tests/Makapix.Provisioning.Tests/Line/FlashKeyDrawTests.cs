using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Line;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

[TestClass]
public sealed class FlashKeyDrawTests
{
    private static readonly FlashImage[] Images = [new("bootloader", 0x1000, new byte[64]), new("deploy", 0x1E0000, new byte[64])];

    [TestMethod]
    [DataRow((byte)':', DisplayName = "ciphertext that esptool takes for Intel HEX")]
    [DataRow((byte)0xE9, DisplayName = "ciphertext that begins like an ESP image")]
    public void Key_is_drawn_again_when_ciphertext_would_look_like_another_file(byte first)
    {
        var unfit = FindKey(image: 1, b => b == first);
        var good = FindKey(image: 0, b => b is not (0x3A or 0xE9), image1: b => b is not (0x3A or 0xE9));
        var key = new byte[32];
        using var source = new Scripted([unfit, unfit, good]);
        FlashKeyDraw.Fill(FlashCipherKind.Esp32Aes256, key, Images, source);
        CollectionAssert.AreEqual(good, key);
        Assert.IsFalse(Images[0].Bytes.AsSpan().ContainsAnyExcept((byte)0), "the images are still plaintext");
    }

    private static byte[] FindKey(int image, Predicate<byte> first, Predicate<byte>? image1 = null)
    {
        var key = new byte[32];
        for (var i = 1; ; i++)
        {
            BitConverter.TryWriteBytes(key, i);
            if (first(FirstByte(key, Images[image])) && (image1 is null || image1(FirstByte(key, Images[1]))))
            {
                return key;
            }
        }
    }

    private static byte FirstByte(byte[] key, FlashImage image)
    {
        using var cipher = new Esp32FlashCipher(key);
        var bytes = (byte[])image.Bytes.Clone();
        cipher.Encrypt(bytes, image.Address);
        return bytes[0];
    }

    private sealed class Scripted(IEnumerable<byte[]> keys) : RandomNumberGenerator
    {
        private readonly Queue<byte[]> _keys = new(keys);

        public override void GetBytes(byte[] data) => _keys.Dequeue().CopyTo(data, 0);
    }
}
