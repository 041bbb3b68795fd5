using System;
using System.Linq;
using System.Text.Json;
using Makapix.Device.Connection;
using Makapix.Device.Identity;
using Makapix.Device.NanoTests;
using Makapix.Device.Payloads;
using Makapix.Device.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Connection;

[TestClass]
public sealed class DeviceLifeTests
{
    [TestMethod]
    [DataRow(true, DisplayName = "blank")]
    [DataRow(false, DisplayName = "damaged")]
    public void Without_an_identity_it_says_so_and_waits_for_ever(bool blank)
    {
        byte[] blob = IdentityBlob.Read();
        blob[20] ^= (byte)(blank ? 0 : 1);
        var device = new SimulatedDevice(blob: blob);

        device.Run(TimeSpan.FromDays(1));

        Assert.AreEqual(ConnectionState.NotProvisioned, device.Life.State);
        Assert.IsEmpty(device.Broker.Attempts);
        Assert.Contains("not provisioned", device.World.Lines.Single());
    }

    [TestMethod]
    public void It_subscribes_first_and_then_tells_capabilities_state_and_status_in_this_order()
    {
        var device = new SimulatedDevice().Online();

        CollectionAssert.AreEqual(new[] { device.Topic("/command") }, device.Broker.Subscriptions);
        CollectionAssert.AreEqual(
            new[] { device.Topic("/capabilities"), device.Topic("/state"), device.Topic("/status") }, device.Broker.Published.Select(p => p.Topic).ToArray());
        CollectionAssert.AreEqual(new[] { true, true, false }, device.Broker.Published.Select(p => p.Retain).ToArray());
        Assert.AreEqual("""{"firmware_version":"0.1.0","features":{"brightness":{"min":0,"max":100,"step":1}}}""", device.Broker.Published[0].Payload);
        Assert.AreEqual("""{"brightness":50}""", device.Broker.Published[1].Payload);
    }

    [TestMethod]
    public void The_last_will_says_offline()
    {
        var device = new SimulatedDevice();

        Assert.AreEqual(device.Topic("/status"), device.Broker.Settings!.WillTopic);
        Assert.AreEqual(
            $$"""{"player_key":"{{BlobBuilder.DefaultId}}","status":"offline"}""", System.Text.Encoding.UTF8.GetString(device.Broker.Settings.WillPayload));
    }

    [TestMethod]
    public void The_heart_beats_at_least_once_a_minute()
    {
        var device = new SimulatedDevice().Online();

        device.Run(TimeSpan.FromHours(2));

        long[] beats = [.. device.Broker.Published.Where(p => p.Topic.EndsWith("/status", StringComparison.Ordinal)).Select(p => p.AtMs)];
        Assert.IsGreaterThan(120, beats.Length);
        Assert.IsTrue(beats.Zip(beats.Skip(1), (a, b) => b - a).All(gap => gap <= 60000));
    }

    [TestMethod]
    public void A_stream_of_valid_commands_faster_than_their_acknowledgements_stops_no_heart()
    {
        var device = new SimulatedDevice(before: d => d.Broker.AckTakes = TimeSpan.FromMilliseconds(100)).Online();
        device.Broker.Published.Clear();
        Send();

        device.Run(TimeSpan.FromMinutes(10));

        int beats = device.Broker.PublishedTo("/status").Count();
        Assert.IsTrue(beats is >= 19 and <= 22, $"{beats} heartbeats in ten minutes");
        Assert.IsGreaterThan(2000, device.Broker.PublishedTo("/state").Count());
        Assert.IsGreaterThan(2000, device.Broker.PublishedTo("/command/ack").Count());

        void Send()
        {
            device.Broker.Deliver(device.Topic("/command"), device.Command($"{device.Broker.Published.Count % 100}"));
            device.Clock.After(TimeSpan.FromMilliseconds(95), Send);
        }
    }

    [TestMethod]
    public void Status_holds_the_health()
    {
        var device = new SimulatedDevice(before: d => d.Broker.Refusal = FailureCause.NoName);
        device.RunUntil(() => device.Broker.Attempts.Count == 3);
        device.Broker.Refusal = FailureCause.None;
        device.Online();
        device.Broker.Deliver(device.Topic("/command"), "{");
        device.Broker.DeliverOversize();
        device.Run(TimeSpan.FromMinutes(1));

        using JsonDocument status = JsonDocument.Parse(device.Broker.PublishedTo("/status").Last());
        JsonElement root = status.RootElement;
        JsonElement health = root.GetProperty("health");
        Assert.AreEqual(BlobBuilder.DefaultId.ToString(), root.GetProperty("player_key").GetString());
        Assert.AreEqual("online", root.GetProperty("status").GetString());
        Assert.AreEqual("0.1.0", root.GetProperty("firmware_version").GetString());
        Assert.AreEqual(70000, health.GetProperty("free_memory").GetInt64());
        Assert.IsTrue(health.GetProperty("certificate_days_left").GetInt32() is 3648 or 3649);
        Assert.IsGreaterThan(29, health.GetProperty("uptime_seconds").GetInt32());
        Assert.AreEqual("""{"no_name":3}""", health.GetProperty("reconnects").GetRawText());
        Assert.AreEqual("""{"oversize":1,"syntax":1}""", health.GetProperty("rejected").GetRawText());
    }

    [TestMethod]
    public void A_command_is_acked_and_the_new_state_republished()
    {
        var device = new SimulatedDevice().Online();
        var id = Guid.NewGuid();

        device.Broker.Deliver(device.Topic("/command"), device.Command("80", id));
        device.Run(TimeSpan.FromSeconds(5));

        Assert.AreEqual(80, device.Brightness.Value);
        Assert.AreEqual($$"""{"command_id":"{{id}}","status":"ok","error":null}""", device.Broker.PublishedTo("/command/ack").Single());
        (string topic, string payload, bool retain, _) = device.Broker.Published[^1];
        Assert.AreEqual((device.Topic("/state"), """{"brightness":80}""", true), (topic, payload, retain));
    }

    [TestMethod]
    public void What_comes_before_SUBACK_is_taken_like_any_other_message()
    {
        var id = Guid.NewGuid();
        var device = new SimulatedDevice(before: d => d.Broker.BeforeSubscribed = () =>
        {
            d.Broker.Deliver(d.Topic("/command"), d.Command("80", id));
            d.Broker.DeliverOversize();
            d.Broker.DeliverDropped();
        }).Online();
        device.Run(TimeSpan.FromSeconds(5));

        Assert.AreEqual(80, device.Brightness.Value);
        Assert.Contains(id.ToString(), device.Broker.PublishedTo("/command/ack").Single());
        Assert.AreEqual("ack", device.Broker.Published[3].Topic.Split('/')[^1], "behind the presence");
        Assert.AreEqual(1, device.Life.Health.Rejected(RejectCause.Oversize));
        Assert.AreEqual(1, device.Life.Health.Rejected(RejectCause.Busy));
    }

    [TestMethod]
    public void After_a_lost_session_it_comes_back_and_tells_everything_again()
    {
        var device = new SimulatedDevice().Online();
        device.Run(TimeSpan.FromMinutes(2));
        device.Broker.Published.Clear();

        device.Broker.Drop();
        device.RunUntil(() => device.Broker.Published.Count == 3);

        CollectionAssert.AreEqual(new[] { "capabilities", "state", "status" }, device.Broker.Published.Select(p => p.Topic.Split('/')[^1]).ToArray());
        Assert.AreEqual(2, device.Life.Health.OnlineCount);
        Assert.AreEqual(1, device.Life.Health.Failures(FailureCause.SessionLost));
    }

    [TestMethod]
    public void An_ack_that_was_in_flight_when_the_session_died_is_sent_again()
    {
        var device = new SimulatedDevice().Online();
        device.Broker.Acknowledges = false;
        device.Broker.Deliver(device.Topic("/command"), device.Command("80"));
        device.Run(TimeSpan.FromSeconds(5));

        device.Broker.Drop();
        device.Broker.Acknowledges = true;
        int before = device.Broker.Published.Count;
        device.RunUntil(() => device.Broker.PublishedTo("/command/ack").Count() == 2);
        CollectionAssert.AreEqual(
            new[] { "capabilities", "state", "status", "ack" }, device.Broker.Published.Skip(before).Select(p => p.Topic.Split('/')[^1]).ToArray());
        device.Run(TimeSpan.FromMinutes(5));

        string[] acks = [.. device.Broker.PublishedTo("/command/ack")];
        Assert.HasCount(2, acks);
        Assert.AreEqual(acks[0], acks[1]);
    }

    [TestMethod]
    [DataRow(FailureCause.NoName)]
    [DataRow(FailureCause.NoRoute)]
    [DataRow(FailureCause.Untrusted)]
    [DataRow(FailureCause.Tls)]
    [DataRow(FailureCause.Timeout)]
    [DataRow(FailureCause.Identity)]
    public void Failing_attempts_are_counted_by_cause_and_grow_rare(FailureCause cause)
    {
        var device = new SimulatedDevice(before: d => d.Broker.Refusal = cause);

        device.Run(TimeSpan.FromHours(6));

        Assert.AreEqual(cause, device.Life.LastFailure);
        Assert.AreEqual(device.Broker.Attempts.Count, device.Life.Health.Failures(cause));
        // At most 10 until the cap, then on average one in 150 s; a device without jitter or cap is far outside.
        Assert.IsTrue(device.Broker.Attempts.Count is > 100 and < 210, $"{device.Broker.Attempts.Count} attempts");
    }

    [TestMethod]
    public void A_session_that_ends_before_it_is_online_is_no_lost_session()
    {
        var device = new SimulatedDevice();
        device.RunUntil(() => device.Broker.IsOpen);
        device.Broker.Drop(FailureCause.BrokerRefused);
        device.Run(TimeSpan.FromMilliseconds(1));

        Assert.AreEqual(FailureCause.BrokerRefused, device.Life.LastFailure);
        Assert.AreEqual(ConnectionState.BackOff, device.Life.State);
    }

    [TestMethod]
    public void A_refused_subscription_is_not_being_online()
    {
        var device = new SimulatedDevice(before: d => d.Broker.RefusesSubscription = true);

        device.Run(TimeSpan.FromMinutes(1));

        Assert.AreEqual(0, device.Life.Health.OnlineCount);
        Assert.AreEqual(FailureCause.SubscribeRefused, device.Life.LastFailure);
        Assert.IsEmpty(device.Broker.Published);
    }

    [TestMethod]
    public void A_revoked_device_slows_down_and_is_back_soon_after_it_is_let_in_again()
    {
        var device = new SimulatedDevice(before: d => d.Broker.Refusal = FailureCause.CertificateRefused);
        device.Run(TimeSpan.FromMinutes(30));
        int early = device.Broker.Attempts.Count;
        Assert.IsGreaterThan(SlowMode.Refusals, early);

        device.Run(TimeSpan.FromDays(2));

        long[] gaps = [.. device.Broker.Attempts.Skip(early + 1).Zip(device.Broker.Attempts.Skip(early + 2), (a, b) => b - a)];
        Assert.IsTrue(gaps.All(gap => gap is >= SlowMode.LeastMs and <= (2 * SlowMode.LeastMs) + 1000), string.Join(' ', gaps));
        Assert.IsGreaterThan(48, gaps.Length);
        device.Broker.Refusal = FailureCause.None;
        long now = device.Clock.NowMs;
        device.Online();
        Assert.IsLessThan((2 * SlowMode.LeastMs) + 2000, device.Clock.NowMs - now);
    }

    [TestMethod]
    [DataRow(FailureCause.Closed)]
    [DataRow(FailureCause.Timeout)]
    [DataRow(FailureCause.BrokerUnavailable)]
    [DataRow(FailureCause.Tls)]
    [DataRow(FailureCause.NoRoute)]
    public void Overload_for_two_days_is_no_refusal(FailureCause cause)
    {
        var device = new SimulatedDevice(before: d => d.Broker.Refusal = cause);

        device.Run(TimeSpan.FromDays(2));

        Assert.IsLessThan(Backoff.CapMs + 1000, device.Broker.Attempts.Zip(device.Broker.Attempts.Skip(1), (a, b) => b - a).Max());
    }

    [TestMethod]
    public void The_time_that_an_attempt_took_shortens_the_wait()
    {
        var device = new SimulatedDevice(
            new FixedRandom(1), before: d => (d.Broker.Refusal, d.Broker.AttemptTakes, d.World.JoinTakes) = (FailureCause.Timeout, TimeSpan.FromSeconds(10), TimeSpan.Zero));
        device.RunUntil(() => device.Broker.Attempts.Count == 8);

        // Windows of 1, 2, 4 … 64 seconds, of which 10 have been spent, but half at most are taken off.
        CollectionAssert.AreEqual(
            new long[] { 11, 11, 12, 14, 18, 32, 64 }, device.Broker.Attempts.Zip(device.Broker.Attempts.Skip(1), (a, b) => (b - a) / 1000).ToArray());
    }

    [TestMethod]
    [DataRow(true, false, DisplayName = "no CONNACK")]
    [DataRow(false, true, DisplayName = "no SUBACK")]
    public void A_broker_that_does_not_answer_is_given_up(bool connect, bool subscribe)
    {
        var device = new SimulatedDevice(before: d => (d.Broker.IgnoresConnect, d.Broker.IgnoresSubscription) = (connect, subscribe));

        Assert.IsTrue(device.RunUntil(() => device.Life.Health.Failures(FailureCause.Timeout) == 3));

        (device.Broker.IgnoresConnect, device.Broker.IgnoresSubscription) = (false, false);
        device.Online();
    }

    [TestMethod]
    public void half_open_TCP_is_noticed_by_heartbeats_that_nobody_confirms()
    {
        var device = new SimulatedDevice().Online();
        device.Run(TimeSpan.FromMinutes(5));
        device.Broker.IsFrozen = true;
        long frozen = device.Clock.NowMs;

        Assert.IsTrue(device.RunUntil(() => device.Life.Health.Failures(FailureCause.Timeout) == 1));

        Assert.IsLessThan(60000, device.Clock.NowMs - frozen);
        device.Broker.IsFrozen = false;
        device.RunUntil(() => device.Life.Health.OnlineCount == 2);
        Assert.AreEqual(ConnectionState.Online, device.Life.State);
    }

    [TestMethod]
    public void What_was_not_confirmed_is_sent_again_in_the_same_session()
    {
        var device = new SimulatedDevice().Online();
        device.Broker.Deliver(device.Topic("/command"), device.Command("80"));
        device.Broker.LosesNext = true;
        device.Run(TimeSpan.FromSeconds(10));

        Assert.HasCount(2, device.Broker.PublishedTo("/command/ack").ToList());
        Assert.AreEqual(1, device.Life.Health.OnlineCount);
        Assert.AreEqual(ConnectionState.Online, device.Life.State);
    }

    [TestMethod]
    [DataRow(10)]
    [DataRow(60)]
    [DataRow(9999)]
    public void A_developer_sets_the_heartbeat_within_its_bounds(int seconds)
    {
        var device = new SimulatedDevice(before: d => d.Settings = new DeviceSettings(DeviceSettings.LogNothing, seconds)).Online();
        device.Run(TimeSpan.FromHours(1));

        int beats = device.Broker.PublishedTo("/status").Count();
        int expected = 3600 / Math.Min(seconds, DeviceSettings.MaxTelemetrySeconds);
        Assert.IsTrue(beats >= expected - 1 && beats <= expected + 3, $"{beats} beats");
        Assert.IsEmpty(device.World.Lines, "and nothing was said");
    }

    [TestMethod]
    public void At_the_level_of_failures_steps_are_not_said()
    {
        var device = new SimulatedDevice(before: d => d.Settings = new DeviceSettings(DeviceSettings.LogFailures)).Online();
        device.Broker.Drop();
        device.Run(TimeSpan.FromMinutes(1));

        Assert.HasCount(2, device.World.Lines, string.Join('\n', device.World.Lines));
        Assert.StartsWith("online failed: session_lost", device.World.Lines[1]);
    }

    [TestMethod]
    public void In_a_session_of_months_the_time_is_asked_again_once_a_day_and_a_lie_moves_nothing()
    {
        var device = new SimulatedDevice(before: d => d.World.ServerCount = 3).Online();
        device.Run(TimeSpan.FromDays(30));
        Assert.IsTrue(device.World.Asked.Count is > 28 and < 34, $"{device.World.Asked.Count} questions");

        device.World.TimeAnswers = server => device.World.TrueUnix + (server == 1 ? 86400 : 0);
        device.Run(TimeSpan.FromDays(6));
        Assert.IsLessThan(55, device.World.Asked.Count, "contradicted twice, each time settled by the next");
        device.Broker.Deliver(device.Topic("/command"), device.Command("80"));
        device.Run(TimeSpan.FromSeconds(5));
        Assert.AreEqual(80, device.Brightness.Value, "a fresh command is still a fresh one");
    }

    [TestMethod]
    public void message_a_second_from_a_rogue_insider_does_not_keep_the_time_from_being_asked()
    {
        var device = new SimulatedDevice(before: d => d.World.ServerCount = 3).Online();
        int asked = device.World.Asked.Count;
        Insider();

        device.Run(TimeSpan.FromHours(25));

        Assert.HasCount(asked + 1, device.World.Asked);

        void Insider()
        {
            device.Broker.Deliver(device.Topic("/command"), "{}");
            device.Clock.After(TimeSpan.FromMilliseconds(900), Insider);
        }
    }

    [TestMethod]
    public void name_server_that_is_gone_costs_the_time_and_not_the_session()
    {
        var device = new SimulatedDevice(before: d =>
        {
            d.World.ServerCount = 3;
            d.Settings = new DeviceSettings(telemetrySeconds: 10);
            d.Broker.AckTakes = TimeSpan.FromSeconds(12);
        }).Online();
        int asked = device.World.Asked.Count;
        bool idle = true;
        device.World.TimeAnswers = _ =>
        {
            idle &= !device.Broker.IsInFlight;
            device.Clock.Advance(20000);
            return 0;
        };

        device.Run(TimeSpan.FromDays(3));

        Assert.IsGreaterThan(asked, device.World.Asked.Count);
        Assert.IsTrue(idle, "an outcome that waited behind the question would have come too late");
        Assert.AreEqual(1, device.Life.Health.OnlineCount);
    }

    [TestMethod]
    [DataRow(RejectCause.Oversize, DisplayName = "over the cap")]
    [DataRow(RejectCause.Busy, DisplayName = "more than a client could keep")]
    public void flood_that_the_link_keeps_out_makes_one_line_a_minute_like_any_other(RejectCause cause)
    {
        var device = new SimulatedDevice().Online();
        int said = device.World.Lines.Count;
        for (int i = 0; i < 500; i++)
        {
            if (cause == RejectCause.Oversize)
            {
                device.Broker.DeliverOversize();
            }
            else
            {
                device.Broker.DeliverDropped();
            }
        }

        device.Run(TimeSpan.FromSeconds(30));

        Assert.AreEqual(500, device.Life.Health.Rejected(cause));
        Assert.HasCount(said + 1, device.World.Lines);
    }

    [TestMethod]
    public void Status_with_every_counter_at_its_largest_fits_a_packet()
    {
        int length = Health.PresenceMessages.Online(BlobBuilder.DefaultId.ToString(), long.MaxValue, long.MaxValue, 36500, new Health.HealthCounters()).Length;

        string[] names = [.. Enum.GetValues<FailureCause>().Select(FailureCauses.Name), .. Enum.GetValues<RejectCause>().Select(RejectCauses.Name)];
        int counters = names.Sum(n => n.Length + "\"\":2147483647,".Length);
        Assert.IsLessThan(EngineBrokerLink.MaxOutgoingPacket - PlayerTopics.MaxLength - 10, length + counters);
    }

    [TestMethod]
    public void Without_a_network_nobody_is_asked_anything()
    {
        var device = new SimulatedDevice(before: d => d.World.HasNetwork = false);

        device.Run(TimeSpan.FromHours(1));

        Assert.AreEqual(FailureCause.NoNetwork, device.Life.LastFailure);
        Assert.IsEmpty(device.World.Asked);
        device.World.HasNetwork = true;
        device.Online();
    }

    [TestMethod]
    public void Whatever_the_platform_throws_is_a_failure_like_any_other()
    {
        var device = new SimulatedDevice(before: d => d.Broker.Throws = new OutOfMemoryException());

        device.Run(TimeSpan.FromMinutes(1));
        Assert.AreEqual(FailureCause.Internal, device.Life.LastFailure);

        device.Broker.Throws = null;
        device.Online();
    }

    [TestMethod]
    public void out_of_memory_in_the_failure_itself_neither_leaves_the_step_nor_skips_the_backoff()
    {
        var device = new SimulatedDevice(new FixedRandom(1));
        (device.Broker.Throws, device.World.LogThrows) = (new OutOfMemoryException(), new OutOfMemoryException());

        device.Run(TimeSpan.FromMinutes(10));

        Assert.AreEqual(device.Broker.Attempts.Count, device.Life.Health.Failures(FailureCause.Internal));
        Assert.IsLessThan(12, device.Broker.Attempts.Count);
        (device.Broker.Throws, device.World.LogThrows) = (null, null);
        device.Online();
    }

    [TestMethod]
    [DataRow(FailureCause.Closed)]
    [DataRow(FailureCause.Tls)]
    public void A_session_that_the_network_ends_is_lost_whatever_the_platform_calls_it(FailureCause cause)
    {
        var device = new SimulatedDevice().Online();
        int asked = device.World.Asked.Count;
        device.Broker.Drop(cause);
        device.RunUntil(() => device.Life.Health.OnlineCount == 2);

        Assert.AreEqual(1, device.Life.Health.Failures(FailureCause.SessionLost));
        Assert.AreEqual(0, device.Life.Health.Failures(cause));
        Assert.HasCount(asked, device.World.Asked, "and says nothing of the time");
    }

    [TestMethod]
    public void refusal_of_our_certificate_that_comes_in_the_first_read_is_no_mere_close()
    {
        // TLS 1.3: for the client the handshake is over before the broker judges its certificate.
        var device = new SimulatedDevice(before: d => d.Broker.IgnoresConnect = true);
        device.RunUntil(() => device.Broker.Attempts.Count == 1);
        device.Broker.Drop(FailureCause.Tls);
        device.RunUntil(() => device.Life.State == ConnectionState.BackOff);

        Assert.AreEqual(1, device.Life.Health.Failures(FailureCause.Tls));
    }

    [TestMethod]
    public void A_fleet_that_loses_its_broker_at_once_does_not_come_back_at_once()
    {
        var devices = Enumerable.Range(0, 200).Select(i => new SimulatedDevice(new DeviceRandom($"device {i}", 0)).Online()).ToList();
        var returns = devices.Select(device =>
        {
            device.Run(TimeSpan.FromMinutes(2));
            device.Broker.Drop();
            long lost = device.Clock.NowMs;
            device.RunUntil(() => device.Broker.Attempts.Count == 2);
            return (device.Broker.Attempts[1] - lost) / 1000;
        }).ToList();

        Assert.IsTrue(returns.All(second => second <= 15));
        Assert.IsLessThan(30, returns.GroupBy(second => second).Max(g => g.Count()));
    }

    [TestMethod]
    public void It_stops_at_any_point_and_does_nothing_more()
    {
        for (int steps = 0; steps < 40; steps++)
        {
            var device = new SimulatedDevice();
            for (int i = 0; i < steps; i++)
            {
                if (i == 30)
                {
                    device.Broker.Drop();
                }

                device.Life.Step();
            }

            int attempts = device.Broker.Attempts.Count;
            int published = device.Broker.Published.Count;
            device.Life.Stop();
            device.Run(TimeSpan.FromHours(1));

            Assert.AreEqual(ConnectionState.Stopped, device.Life.State);
            Assert.IsFalse(device.Broker.IsOpen, $"after {steps} steps");
            Assert.AreEqual((attempts, published), (device.Broker.Attempts.Count, device.Broker.Published.Count));
        }
    }

    [TestMethod]
    public void A_flood_of_garbage_is_counted_and_the_heart_goes_on_beating()
    {
        var device = new SimulatedDevice().Online();
        for (int i = 0; i < 5000; i++)
        {
            device.Broker.Deliver(device.Topic("/command"), "{\"command_id\":");
        }

        device.Run(TimeSpan.FromMinutes(5));

        Assert.AreEqual(ConnectionState.Online, device.Life.State);
        Assert.AreEqual(5000, device.Life.Health.Rejected(RejectCause.Syntax) + device.Life.Health.Rejected(RejectCause.Flood));
        Assert.IsGreaterThan(4000, device.Life.Health.Rejected(RejectCause.Flood));
        Assert.IsEmpty(device.Broker.PublishedTo("/command/ack"));
        Assert.IsGreaterThan(8, device.Broker.PublishedTo("/status").Count());
    }

    [TestMethod]
    public void No_line_of_the_log_shows_a_secret()
    {
        var device = new SimulatedDevice(before: d => d.Broker.Refusal = FailureCause.Tls);
        device.Run(TimeSpan.FromMinutes(5));
        device.Broker.Refusal = FailureCause.None;
        device.Online();

        Assert.IsGreaterThan(5, device.World.Lines.Count);
        Assert.IsFalse(device.World.Lines.Any(l => l.Contains("correct horse", StringComparison.Ordinal)));
    }
}
