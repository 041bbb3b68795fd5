using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Makapix.Device.Commands;
using Makapix.Device.Connection;
using Makapix.Device.Health;
using Makapix.Device.Payloads;
using Makapix.Device.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Commands;

[TestClass]
public sealed class CommandHandlerTests
{
    private const string CommandTopic = "makapix/player/p/command";
    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private readonly FakeBrightness _brightness = new() { Min = 10, Max = 90, Step = 5 };
    private readonly FakePause _pause = new();
    private readonly FakeRotation _rotation = new();
    private readonly FakeMirror _mirror = new();
    private readonly FakeWorld _world = new(new FakeClock());
    private readonly Outbox _outbox = new();
    private readonly HealthCounters _health = new();
    private readonly CommandHandler _handler;
    private long _nowMs = 5000;

    public CommandHandlerTests() => _handler = Handler(new PlayerControls(_pause, _brightness, _rotation, _mirror));

    [TestMethod]
    public void Set_brightness_sets_it_acks_and_asks_for_the_state()
    {
        var id = Guid.NewGuid();

        Assert.AreEqual(RejectCause.None, Handle(CommandText.SetBrightness(75, id)));

        Assert.AreEqual(75, _brightness.Value);
        Assert.AreEqual(0, _health.Rejected(RejectCause.None), "what was carried out counts as no rejection");
        Assert.IsTrue(_outbox.StateDue);
        Assert.AreEqual($$"""{"command_id":"{{id}}","status":"ok","error":null}""", Acks().Single());
    }

    [TestMethod]
    public void Setting_what_is_set_acks_and_publishes_no_state()
    {
        Assert.AreEqual(RejectCause.None, Handle(CommandText.SetBrightness(50)));

        Assert.IsFalse(_outbox.StateDue);
        Assert.HasCount(1, Acks());
    }

    [TestMethod]
    [DataRow(9, DisplayName = "under min")]
    [DataRow(91, DisplayName = "over max")]
    [DataRow(12, DisplayName = "between steps")]
    [DataRow(int.MinValue, DisplayName = "smallest integer")]
    [DataRow(int.MaxValue, DisplayName = "largest integer")]
    public void A_value_outside_of_the_declared_capability_is_refused(int value)
    {
        Assert.AreEqual(RejectCause.Refused, Handle(CommandText.SetBrightness(value)));

        Assert.AreEqual(50, _brightness.Value);
        AssertAck("error", "refused");
    }

    [TestMethod]
    public void Hardware_that_does_not_follow_is_an_error()
    {
        _brightness.Broken = true;

        Assert.AreEqual(RejectCause.Refused, Handle(CommandText.SetBrightness(75)));

        Assert.IsFalse(_outbox.StateDue);
        AssertAck("error", "refused");
    }

    [TestMethod]
    public void Hardware_that_throws_is_an_error_and_nothing_more()
    {
        _brightness.Throws = new InvalidOperationException();

        Assert.AreEqual(RejectCause.Refused, Handle(CommandText.SetBrightness(75)));

        AssertAck("error", "refused");
    }

    [TestMethod]
    public void An_unknown_type_is_unsupported()
    {
        Assert.AreEqual(RejectCause.Unsupported, Handle(CommandText.SetBrightness(75).Replace("set_brightness", "dance", StringComparison.Ordinal)));

        AssertAck("unsupported", null);
    }

    [TestMethod]
    public void Pause_rotation_and_mirror_are_set_acked_and_published()
    {
        Assert.AreEqual(RejectCause.None, Handle(CommandText.Of("set_paused", """{"paused": true}""")));
        Assert.AreEqual(RejectCause.None, Handle(CommandText.Of("set_rotation", """{"value": 2.7e2}""")));
        Assert.AreEqual(RejectCause.None, Handle(CommandText.Of("set_mirror", """{"value": "h\u006frizontal"}""")));

        Assert.IsTrue(_pause.IsPaused);
        Assert.AreEqual(270, _rotation.Value);
        Assert.AreEqual("horizontal", _mirror.Value);
        Assert.IsTrue(_outbox.StateDue);
        Assert.HasCount(3, Acks());
    }

    [TestMethod]
    [DataRow("set_rotation", """{"value": 45}""")]
    [DataRow("set_mirror", """{"value": "diagonal"}""")]
    [DataRow("set_mirror", """{"value": "Horizontal"}""")]
    public void A_value_that_was_not_declared_is_refused(string type, string payload)
    {
        Assert.AreEqual(RejectCause.Refused, Handle(CommandText.Of(type, payload)));

        AssertAck("error", "refused");
    }

    [TestMethod]
    [DataRow("set_paused", """{"paused": true}""")]
    [DataRow("set_brightness", """{"value": 75}""")]
    [DataRow("set_rotation", """{"value": 90}""")]
    [DataRow("set_mirror", """{"value": "horizontal"}""")]
    public void What_the_device_does_not_have_is_unsupported(string type, string payload)
    {
        byte[] command = Bytes(CommandText.Of(type, payload));

        Assert.AreEqual(RejectCause.Unsupported, Handler(new PlayerControls(null, null, null, null)).Handle(CommandTopic, command, 0, command.Length, Now, _nowMs));

        AssertAck("unsupported", null);
    }

    [TestMethod]
    [DataRow("swap_next", "{}", RejectCause.Unsupported, "unsupported")]
    [DataRow("play_channel", """{"channel_name": "all"}""", RejectCause.Unsupported, "unsupported")]
    [DataRow("play_channel", "{}", RejectCause.Required, "error")]
    public void What_needs_a_display_is_validated_then_unsupported(string type, string payload, RejectCause cause, string status)
    {
        Assert.AreEqual(cause, Handle(CommandText.Of(type, payload)));

        AssertAck(status, status == "error" ? "required" : null);
    }

    [TestMethod]
    public void A_flood_by_a_rogue_insider_is_dropped_unread_and_makes_one_line_a_minute()
    {
        byte[] garbage = Bytes("{");
        for (int i = 0; i < 600000; i++)
        {
            _handler.Handle(CommandTopic, garbage, 0, garbage.Length, Now, _nowMs + (i / 10));
        }

        Assert.AreEqual(600000, _health.Rejected(RejectCause.Syntax) + _health.Rejected(RejectCause.Flood));
        Assert.IsLessThan(340, _health.Rejected(RejectCause.Syntax), "30 at once, and 300 in the minute");
        Assert.HasCount(1, _world.Lines);
        _nowMs += 60000;
        Assert.AreEqual(RejectCause.None, Handle(CommandText.SetBrightness(75)), "the next minute is another");
        Handle("{");
        Assert.HasCount(2, _world.Lines);
        Assert.EndsWith("599999 more since the last such line", _world.Lines[1]);
    }

    [TestMethod]
    public void A_flood_of_large_messages_is_counted_in_bytes()
    {
        byte[] large = Bytes(new string(' ', PayloadGuard.MaxPayload));
        int read = Enumerable.Range(0, 30).Count(_ => _handler.Handle(CommandTopic, large, 0, large.Length, Now, _nowMs) != RejectCause.Flood);

        Assert.AreEqual(8, read, "65,536 bytes at once");
    }

    [TestMethod]
    public void After_a_year_of_silence_the_budget_is_full_and_no_fuller()
    {
        _nowMs += 365L * 86_400_000 * 1000;

        Assert.AreEqual(30, Enumerable.Range(0, 100).Count(_ => Handle("{") != RejectCause.Flood));
    }

    [TestMethod]
    public void No_log_line_has_text_that_a_sender_chose()
    {
        Handle("""{"command_id":"\u001b[2Jowned","command_type":"owned","payload":{},"timestamp":"owned"}""");

        Assert.IsFalse(_world.Lines.Any(line => line.Contains("owned", StringComparison.Ordinal)));
        Assert.HasCount(1, _world.Lines);
    }

    [TestMethod]
    [DataRow(-601, RejectCause.Stale, DisplayName = "recorded, replayed after ten minutes")]
    [DataRow(601, RejectCause.Stale, DisplayName = "dated into the future")]
    [DataRow(-600, RejectCause.None)]
    [DataRow(600, RejectCause.None)]
    public void Freshness_is_ten_minutes_both_ways(int age, RejectCause cause)
    {
        Assert.AreEqual(cause, Handle(CommandText.SetBrightness(75, issuedAt: Now + age)));

        Assert.AreEqual(cause == RejectCause.None ? 75 : 50, _brightness.Value);
        AssertAck(cause == RejectCause.None ? "ok" : "error", cause == RejectCause.None ? null : "stale");
    }

    [TestMethod]
    public void Without_a_time_freshness_is_not_judged() =>
        Assert.AreEqual(RejectCause.None, _handler.Handle(CommandTopic, Bytes(CommandText.SetBrightness(75, issuedAt: 1)), 0, Bytes(CommandText.SetBrightness(75, issuedAt: 1)).Length, 0, _nowMs));

    [TestMethod]
    public void A_replayed_command_is_dropped_without_a_second_answer()
    {
        var id = Guid.NewGuid();
        Handle(CommandText.SetBrightness(75, id));
        Handle(CommandText.SetBrightness(20));

        Assert.AreEqual(RejectCause.Duplicate, Handle(CommandText.SetBrightness(75, id)));
        Assert.AreEqual(RejectCause.Duplicate, Handle(CommandText.SetBrightness(75).Replace("command_id\": \"", "command_id\": \"" + id.ToString().ToUpperInvariant() + "\", \"x\": \"", StringComparison.Ordinal)));

        Assert.AreEqual(20, _brightness.Value);
        Assert.HasCount(2, Acks());
    }

    [TestMethod]
    public void The_window_of_ids_holds_sixty_four()
    {
        Guid[] ids = [.. Enumerable.Range(0, 65).Select(_ => Guid.NewGuid())];
        foreach (Guid id in ids)
        {
            Assert.AreEqual(RejectCause.None, Handle(CommandText.SetBrightness(75, id)));
            Acks();
            _nowMs += 1000;
        }

        _nowMs += 60000;
        Assert.IsTrue(ids[1..].All(id => Handle(CommandText.SetBrightness(75, id), after: 1000) == RejectCause.Duplicate));
        Assert.AreEqual(RejectCause.None, Handle(CommandText.SetBrightness(75, ids[0])));
    }

    [TestMethod]
    [DataRow("makapix/player/q/command", DisplayName = "a neighbour's")]
    [DataRow("makapix/player/p/command/", DisplayName = "with a closing slash")]
    [DataRow("makapix/player/p/Command", DisplayName = "in another case")]
    [DataRow("makapix/player/p/status", DisplayName = "our own status")]
    [DataRow(null, DisplayName = "over the cap")]
    public void A_message_on_another_topic_is_not_even_read(string? topic)
    {
        byte[] payload = Bytes(CommandText.SetBrightness(75));

        Assert.AreEqual(RejectCause.Topic, _handler.Handle(topic, payload, 0, payload.Length, Now, _nowMs));
        Assert.AreEqual(1, _health.Rejected(RejectCause.Topic));
        Assert.AreEqual(50, _brightness.Value);
        Assert.IsEmpty(Acks());
    }

    [TestMethod]
    public void Garbage_gets_no_answer_because_it_has_no_id()
    {
        Assert.AreEqual(RejectCause.Syntax, Handle("{"));
        Assert.AreEqual(RejectCause.Required, Handle("{}"));

        Assert.IsEmpty(Acks());
        Assert.AreEqual(1, _health.Rejected(RejectCause.Syntax));
        Assert.AreEqual(1, _health.Rejected(RejectCause.Required));
    }

    [TestMethod]
    [DataRow(RejectCause.Type, DisplayName = "breaks its schema")]
    [DataRow(RejectCause.Stale, DisplayName = "replayed")]
    [DataRow(RejectCause.Unsupported, DisplayName = "of a type that there is not")]
    public void Garbage_with_ids_makes_the_device_talk_four_times_and_then_once_in_fifteen_seconds(RejectCause cause)
    {
        int answers = 0;
        for (int i = 0; i < 1000; i++)
        {
            Handle(Garbage(cause));
            answers += Acks().Count;
        }

        Assert.AreEqual(4, answers);
        Assert.AreEqual(30, _health.Rejected(cause));

        _nowMs += 15000;
        Handle(Garbage(cause));
        Handle(Garbage(cause));
        Assert.HasCount(1, Acks());

        _nowMs += 3_600_000;
        for (int i = 0; i < 10; i++)
        {
            Handle(Garbage(cause));
        }

        Assert.HasCount(4, Acks());
    }

    [TestMethod]
    [DataRow("swap_next", "{}", RejectCause.Unsupported, "unsupported")]
    [DataRow("set_brightness", """{"value": 91}""", RejectCause.Refused, "error")]
    public void An_accepted_command_is_answered_whatever_comes_of_it_though_the_errors_budget_be_spent(string type, string payload, RejectCause cause, string status)
    {
        for (int i = 0; i < 5; i++)
        {
            Handle(Garbage(RejectCause.Type));
        }

        Assert.HasCount(4, Acks());
        for (int i = 0; i < 20; i++)
        {
            // Its id is taken: sent again it would be a duplicate, and those get no answer.
            Assert.AreEqual(cause, Handle(CommandText.Of(type, payload)));
            AssertAck(status, status == "error" ? RejectCauses.Name(cause) : null);
        }
    }

    [TestMethod]
    public void With_its_ack_slots_full_the_device_takes_no_command()
    {
        for (int i = 0; i < Outbox.AckSlots; i++)
        {
            Assert.AreEqual(RejectCause.None, Handle(CommandText.SetBrightness(20 + (5 * i))));
        }

        var id = Guid.NewGuid();
        Assert.AreEqual(RejectCause.Busy, Handle(CommandText.SetBrightness(85, id)));
        Assert.AreEqual(55, _brightness.Value);
        Assert.HasCount(Outbox.AckSlots, Acks());

        Assert.AreEqual(RejectCause.None, Handle(CommandText.SetBrightness(85, id)), "sent again, it is no duplicate: it was not accepted");
    }

    [TestMethod]
    public void Errors_leave_half_of_the_slots_to_commands()
    {
        for (int i = 0; i < 100; i++)
        {
            Handle(Garbage(RejectCause.Stale));
            _nowMs += 60000;
        }

        Assert.AreEqual(Outbox.AckSlots / 2, _outbox.AckCount);
        Assert.AreEqual(RejectCause.None, Handle(CommandText.SetBrightness(75)));
    }

    [TestMethod]
    public void Random_bytes_never_throw_and_never_act()
    {
        var random = new Random(7);
        byte[] buffer = new byte[300];
        for (int i = 0; i < 20000; i++)
        {
            _nowMs += 200;
            random.NextBytes(buffer);
            Assert.AreNotEqual(RejectCause.None, _handler.Handle(CommandTopic, buffer, 0, random.Next(buffer.Length), Now, _nowMs));
        }

        Assert.AreEqual(50, _brightness.Value);
    }

    private CommandHandler Handler(PlayerControls controls) =>
        new(new PlayerTopics("makapix/player/p"), controls, _outbox, _health, _world, new DeviceRandom("test", 1));

    private RejectCause Handle(string payload, long after = 0)
    {
        _nowMs += after;
        byte[] bytes = [0, .. Bytes(payload), 0];
        return _handler.Handle(CommandTopic, bytes, 1, bytes.Length - 2, Now, _nowMs);
    }

    private static string Garbage(RejectCause cause) => cause switch
    {
        RejectCause.Type => CommandText.Of("set_brightness", """{"value": "bright"}"""),
        RejectCause.Stale => CommandText.SetBrightness(75, issuedAt: Now - 86400),
        _ => CommandText.Of("dance", "{}"),
    };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private List<string> Acks()
    {
        var acks = new List<string>();
        for (; _outbox.AckCount > 0; _outbox.RemoveAck())
        {
            acks.Add(Encoding.UTF8.GetString(_outbox.FirstAck));
        }

        return acks;
    }

    private void AssertAck(string status, string? error)
    {
        using JsonDocument ack = JsonDocument.Parse(Acks().Single());
        Assert.AreEqual(status, ack.RootElement.GetProperty("status").GetString());
        Assert.AreEqual(error, ack.RootElement.GetProperty("error").GetString());
    }
}
