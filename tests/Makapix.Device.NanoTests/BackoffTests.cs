using Makapix.Device.Connection;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace Makapix.Device.NanoTests
{
    [TestClass]
    public class BackoffTests
    {
        [TestMethod]
        public void The_window_doubles_from_one_second_to_five_minutes_and_stays()
        {
            Backoff backoff = new Backoff(new FixedRandom(1));
            int[] expected = new int[] { 1000, 2000, 4000, 8000, 16000, 32000, 64000, 128000, 256000, 300000, 300000, 300000 };
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.AreEqual(expected[i], backoff.AfterFailure(0));
            }
        }

        [TestMethod]
        public void No_number_of_attempts_overflows_anything()
        {
            Backoff backoff = new Backoff(new DeviceRandom("x", 1));
            for (int i = 0; i < 20000; i++)
            {
                int delay = i % 5 == 4 ? backoff.AfterSession(i) : backoff.AfterFailure(i % 3);
                Assert.IsTrue(delay >= 0 && delay <= Backoff.CapMs);
                Assert.IsTrue(backoff.Attempt <= Backoff.LastAttempt);
            }
        }

        [TestMethod]
        public void Jitter_is_full_every_tenth_of_the_window_gets_its_share()
        {
            DeviceRandom random = new DeviceRandom("x", 1);
            int[] tenths = new int[10];
            for (int i = 0; i < 2000; i++)
            {
                int tenth = new Backoff(random).AfterFailure(0) / 100;
                tenths[tenth > 9 ? 9 : tenth]++;
            }

            for (int i = 0; i < 10; i++)
            {
                Assert.IsTrue(tenths[i] > 150 && tenths[i] < 250, tenths[i].ToString());
            }
        }

        [TestMethod]
        public void What_the_attempt_took_shortens_the_window_to_half_of_it_at_most()
        {
            AssertWait(0, 8000);
            AssertWait(3000, 5000);
            AssertWait(4000, 4000);
            AssertWait(8000, 4000);
            AssertWait(2147483647, 4000);
        }

        [TestMethod]
        public void However_long_an_attempt_took_the_wait_is_jittered_down_to_nothing()
        {
            Backoff backoff = new Backoff(new FixedRandom(0), 6);
            Assert.AreEqual(0, backoff.AfterFailure(0));
            Assert.AreEqual(0, backoff.AfterFailure(1000000));
        }

        [TestMethod]
        public void An_attempt_without_end_is_borne() => Assert.AreEqual(1000, new Backoff(new FixedRandom(1)).AfterFailure(9223372036854775807L));

        [TestMethod]
        public void After_a_lost_session_the_spread_comes_first_and_the_window_goes_on_growing()
        {
            Backoff backoff = new Backoff(new FixedRandom(1));

            Assert.AreEqual(15000, backoff.AfterSession(Backoff.StableMs));
            Assert.AreEqual(16000, backoff.AfterFailure(0));
            Assert.AreEqual(32000, backoff.AfterFailure(0));
        }

        [TestMethod]
        public void After_a_lost_session_a_broker_has_time_to_restart()
        {
            Assert.AreEqual(2000, new Backoff(new FixedRandom(0)).AfterSession(Backoff.StableMs));
            Assert.AreEqual(2000, new Backoff(new FixedRandom(0), 9).AfterSession(0));
        }

        [TestMethod]
        public void Only_a_session_of_a_minute_counts_as_success()
        {
            AssertWaitAfterSession(59999, 128000);
            AssertWaitAfterSession(60000, 15000);
        }

        [TestMethod]
        public void It_goes_on_where_it_stood_before_a_restart()
        {
            for (int attempt = 0; attempt <= Backoff.LastAttempt; attempt++)
            {
                Assert.AreEqual(attempt, new Backoff(new FixedRandom(1), attempt).Attempt);
            }

            Assert.AreEqual(64000, new Backoff(new FixedRandom(1), 6).AfterFailure(0));
            Assert.AreEqual(0, new Backoff(new FixedRandom(1), -1).Attempt);
            Assert.AreEqual(300000, new Backoff(new FixedRandom(1), 9223372036854775807L).AfterFailure(0));
        }

        [TestMethod]
        public void Two_devices_with_the_same_clock_wait_differently_and_so_does_one_after_a_restart()
        {
            Assert.AreNotEqual(Waits("a", 1), Waits("b", 1));
            Assert.AreNotEqual(Waits("a", 1), Waits("a", 2));
            Assert.AreEqual(Waits("a", 1), Waits("a", 1));
        }

        private static string Waits(string id, long entropy)
        {
            Backoff backoff = new Backoff(new DeviceRandom(id, entropy));
            string all = "";
            for (int i = 0; i < 8; i++)
            {
                all += backoff.AfterFailure(0).ToString() + " ";
            }

            return all;
        }

        private static void AssertWait(int spent, int delay)
        {
            Backoff backoff = new Backoff(new FixedRandom(1));
            for (int i = 0; i < 3; i++)
            {
                backoff.AfterFailure(0);
            }

            Assert.AreEqual(delay, backoff.AfterFailure(spent));
        }

        private static void AssertWaitAfterSession(int onlineMs, int delay)
        {
            Backoff backoff = new Backoff(new FixedRandom(1));
            for (int i = 0; i < 7; i++)
            {
                backoff.AfterFailure(0);
            }

            Assert.AreEqual(delay, backoff.AfterSession(onlineMs));
        }
    }
}
