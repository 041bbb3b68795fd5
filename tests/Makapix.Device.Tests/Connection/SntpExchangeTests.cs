using System;
using System.Buffers.Binary;
using Makapix.Device.Connection;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Connection;

[TestClass]
public sealed class SntpExchangeTests
{
    private readonly SntpExchange _exchange = new(new DeviceRandom("x", 1));

    [TestMethod]
    public void The_question_is_a_version_4_client_with_random_bits_for_its_time()
    {
        Assert.HasCount(48, _exchange.Request);
        Assert.AreEqual(0x23, _exchange.Request[0]);
        CollectionAssert.AreNotEqual(_exchange.Request, new SntpExchange(new DeviceRandom("y", 1)).Request);
        CollectionAssert.AreEqual(new byte[39], _exchange.Request[1..40]);
    }

    [TestMethod]
    [DataRow(3_991_680_000u, 1_782_691_200L, DisplayName = "2026")]
    [DataRow(4_294_967_295u, 2_085_978_495L, DisplayName = "the last second of the first era, 2036")]
    [DataRow(0u, 2_085_978_496L, DisplayName = "the first second of the next")]
    public void An_answer_tells_the_time(uint ntp, long unix) => Assert.AreEqual(unix, Read(Answer(ntp)));

    [TestMethod]
    public void Spoofed_answer_without_our_random_bits_is_ignored()
    {
        byte[] answer = Answer(3_991_680_000u);
        for (int i = 24; i < 32; i++)
        {
            answer[i] ^= 1;
            Assert.AreEqual(0, Read(answer));
            answer[i] ^= 1;
        }
    }

    [TestMethod]
    [DataRow(0, 0xE4, DisplayName = "a clock that is not set (leap indicator 3)")]
    [DataRow(0, 0x23, DisplayName = "our own question sent back (mode 3)")]
    [DataRow(0, 0x25, DisplayName = "broadcast (mode 5)")]
    [DataRow(1, 0, DisplayName = "kiss of death (stratum 0)")]
    [DataRow(1, 16, DisplayName = "unsynchronized (stratum 16)")]
    public void What_is_no_servers_answer_is_ignored(int at, int value)
    {
        byte[] answer = Answer(3_991_680_000u);
        answer[at] = (byte)value;

        Assert.AreEqual(0, Read(answer));
    }

    [TestMethod]
    public void A_short_answer_is_ignored()
    {
        byte[] answer = Answer(3_991_680_000u);

        for (int length = 0; length < 48; length++)
        {
            Assert.AreEqual(0, _exchange.Read(answer, length));
        }
    }

    private long Read(byte[] answer) => _exchange.Read(answer, answer.Length);

    private byte[] Answer(uint ntpSeconds)
    {
        byte[] answer = new byte[48];
        answer[0] = 0x24;
        answer[1] = 2;
        Array.Copy(_exchange.Request, 40, answer, 24, 8);
        BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(40), ntpSeconds);
        return answer;
    }
}
