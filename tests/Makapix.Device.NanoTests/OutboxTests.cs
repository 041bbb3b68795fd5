using Makapix.Device.Commands;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace Makapix.Device.NanoTests
{
    [TestClass]
    public class OutboxTests
    {
        [TestMethod]
        public void A_session_begins_with_capabilities_state_and_status_and_then_acknowledgements_go()
        {
            Outbox outbox = new Outbox();
            outbox.AddAck("a", "ok", null);
            outbox.RequestPresence();

            AssertNext(outbox, OutboxItem.Capabilities);
            AssertNext(outbox, OutboxItem.State);
            AssertNext(outbox, OutboxItem.Status);
            AssertNext(outbox, OutboxItem.Ack);
            Assert.IsTrue(outbox.Next == OutboxItem.None);
        }

        [TestMethod]
        public void The_next_session_begins_in_the_same_order_whatever_was_sent_last()
        {
            Outbox outbox = new Outbox();
            outbox.AddAck("a", "ok", null);
            outbox.RequestState();
            AssertNext(outbox, OutboxItem.State);
            outbox.RequestPresence();

            AssertNext(outbox, OutboxItem.Capabilities);
            AssertNext(outbox, OutboxItem.State);
            AssertNext(outbox, OutboxItem.Status);
            AssertNext(outbox, OutboxItem.Ack);
        }

        [TestMethod]
        public void A_stream_of_commands_keeps_neither_status_nor_state_waiting()
        {
            Outbox outbox = new Outbox();
            outbox.RequestPresence();
            AssertNext(outbox, OutboxItem.Capabilities);
            AssertNext(outbox, OutboxItem.State);
            AssertNext(outbox, OutboxItem.Status);
            outbox.AddAck("first", "ok", null);
            for (int i = 0; i < 10; i++)
            {
                outbox.AddAck("next", "ok", null);
                outbox.RequestState();
                AssertNext(outbox, OutboxItem.Ack);
                AssertNext(outbox, OutboxItem.State);
                outbox.RequestState();
                outbox.RequestStatus();
                AssertNext(outbox, OutboxItem.Status);
                outbox.AddAck("and next", "ok", null);
                AssertNext(outbox, OutboxItem.Ack);
                AssertNext(outbox, OutboxItem.State);
            }
        }

        [TestMethod]
        public void Acknowledgements_have_eight_slots_and_errors_four_of_them()
        {
            Outbox outbox = new Outbox();
            for (int i = 0; i < Outbox.AckSlots; i++)
            {
                Assert.AreEqual(i < Outbox.AckSlots / 2, outbox.HasErrorAckSlot);
                Assert.IsTrue(outbox.HasAckSlot);
                outbox.AddAck(i.ToString(), "ok", null);
            }

            Assert.IsFalse(outbox.HasAckSlot);
            outbox.AddAck("one too many", "ok", null);
            Assert.AreEqual(Outbox.AckSlots, outbox.AckCount);
        }

        [TestMethod]
        public void An_acknowledgement_stays_until_it_has_arrived()
        {
            Outbox outbox = new Outbox();
            outbox.AddAck("first", "ok", null);
            outbox.AddAck("second", "ok", null);
            byte[] first = outbox.FirstAck;

            outbox.Sent(OutboxItem.Ack);
            outbox.Unconfirmed(OutboxItem.Ack);
            Assert.IsTrue(first == outbox.FirstAck);

            // A session that ends, and another.
            outbox.Sent(OutboxItem.Ack);
            outbox.RequestPresence();
            Assert.IsTrue(first == outbox.FirstAck);

            outbox.Arrived(OutboxItem.Ack);
            Assert.IsTrue(first != outbox.FirstAck);
            Assert.AreEqual(1, outbox.AckCount);
        }

        [TestMethod]
        public void Telemetry_drops_the_oldest_a_thousand_heartbeats_offline_are_one_when_online()
        {
            Outbox outbox = new Outbox();
            for (int i = 0; i < 1000; i++)
            {
                outbox.RequestStatus();
                outbox.RequestState();
            }

            AssertNext(outbox, OutboxItem.State);
            AssertNext(outbox, OutboxItem.Status);
            Assert.IsTrue(outbox.Next == OutboxItem.None);
        }

        [TestMethod]
        public void What_was_not_confirmed_goes_again()
        {
            Outbox outbox = new Outbox();
            outbox.RequestState();
            outbox.Sent(OutboxItem.State);
            outbox.Unconfirmed(OutboxItem.State);

            AssertNext(outbox, OutboxItem.State);
        }

        [TestMethod]
        public void A_state_that_changes_while_it_is_on_its_way_goes_again()
        {
            Outbox outbox = new Outbox();
            outbox.RequestState();
            outbox.Sent(OutboxItem.State);
            outbox.RequestState();
            outbox.Arrived(OutboxItem.State);

            AssertNext(outbox, OutboxItem.State);
        }

        [TestMethod]
        public void The_slots_are_a_ring()
        {
            Outbox outbox = new Outbox();
            for (int i = 0; i < 100; i++)
            {
                outbox.AddAck(i.ToString(), "ok", null);
                outbox.AddAck(i.ToString(), "ok", null);
                outbox.RemoveAck();
                outbox.RemoveAck();
            }

            Assert.AreEqual(0, outbox.AckCount);
        }

        private static void AssertNext(Outbox outbox, OutboxItem expected)
        {
            OutboxItem next = outbox.Next;
            Assert.AreEqual((int)expected, (int)next);
            outbox.Sent(next);
            outbox.Arrived(next);
        }
    }
}
