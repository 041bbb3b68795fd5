using System;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Mqtt.Tests.Engine;

/// <summary>One recorded conversation in every form that a network, or an attacker on it, can give it.</summary>
[TestClass]
public sealed class ConversationTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(7)]
    [DataRow(64)]
    [DataRow(int.MaxValue)]
    public void EveryPieceSizeGivesTheSameSession(int piece)
    {
        Rig rig = Conversation.Start();
        rig.Feed(Conversation.Server, piece);
        CollectionAssert.AreEqual(Conversation.Log, rig.Log);
        CollectionAssert.AreEqual(Conversation.Client, rig.TakeSent());
        Assert.AreEqual(2, rig.Engine.DiscardedMessages);
    }

    [TestMethod]
    public void SplitAtEveryPointGivesTheSameSession()
    {
        for (int point = 1; point < Conversation.Server.Length; point++)
        {
            Rig rig = Conversation.Start();
            rig.Feed(Conversation.Server[..point]);
            rig.Feed(Conversation.Server[point..]);
            CollectionAssert.AreEqual(Conversation.Log, rig.Log, $"split at {point}");
            CollectionAssert.AreEqual(Conversation.Client, rig.TakeSent(), $"split at {point}");
        }
    }

    [TestMethod]
    public void TruncatedAtEveryLengthIsALostConnectionAndNothingElse()
    {
        for (int length = 0; length < Conversation.Server.Length; length++)
        {
            Rig rig = Conversation.Start();
            rig.Feed(Conversation.Server[..length]);
            rig.Engine.ConnectionLost();
            rig.Pump();
            string[] expected = [.. Conversation.Log.Take(rig.Log.Count(line => !IsEnd(line)))];
            CollectionAssert.AreEqual(expected, rig.Log.Where(line => !IsEnd(line)).ToArray(), $"cut at {length}");
            Assert.AreEqual("closed ConnectionLost", rig.Log[^1], $"cut at {length}");
        }

        static bool IsEnd(string line) => line.StartsWith("closed ", StringComparison.Ordinal) || line == "published ConnectionLost";
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(int.MaxValue)]
    public void EverySingleFlippedBitEndsInANamedCauseOrGoesOn(int piece)
    {
        int ended = 0;
        for (int bit = 0; bit < Conversation.Server.Length * 8; bit++)
        {
            byte[] flipped = (byte[])Conversation.Server.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            ended += Survives(flipped, piece, $"bit {bit}") ? 0 : 1;
        }

        Assert.IsGreaterThan(300, ended, "strictness must show: what goes on are flips inside payloads and text");
    }

    [TestMethod]
    public void RandomDamageEndsInANamedCauseOrGoesOn()
    {
        var random = new Random(20260101);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] damaged = (byte[])Conversation.Server.Clone();
            for (int hits = random.Next(1, 6); hits > 0; hits--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            Survives(damaged, random.Next(1, 40), $"round {round}");
        }
    }

    /// <summary>Feeds it, then lets the server fall silent for ever: the session must end either way, and with a name.</summary>
    private static bool Survives(byte[] bytes, int piece, string what)
    {
        Rig rig = Conversation.Start();
        rig.Feed(bytes, piece);
        bool open = rig.Engine.State != MqttState.Closed;
        Assert.AreEqual(open, rig.Engine.CloseCause == MqttCloseCause.None, what);
        rig.Advance(60_000);
        rig.Advance(60_000);
        Assert.AreEqual(MqttState.Closed, rig.Engine.State, $"{what}: hangs");
        Assert.IsTrue(Enum.IsDefined(rig.Engine.CloseCause), what);
        Assert.AreEqual($"closed {rig.Engine.CloseCause}", rig.Log[^1], what);
        Assert.AreEqual(1, rig.Log.Count(line => line.StartsWith("closed ", StringComparison.Ordinal)), what);
        return open;
    }
}
