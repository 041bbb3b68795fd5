using Makapix.Device.Connection;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace Makapix.Device.NanoTests
{
    [TestClass]
    public class TrustedTimeTests
    {
        private const long Issued = 1790000000;
        private const long NotAfter = Issued + (3650L * 86400);
        private const long Day = 86400;

        [TestMethod]
        public void Only_what_lies_between_issue_and_the_end_of_the_certificate_is_believed()
        {
            TrustedTime time = Create(new TestStorage());

            Assert.IsFalse(time.Offer(0, 0, 0));
            Assert.IsFalse(time.Offer(0, Issued - 1, 0));
            Assert.AreEqual(0L, time.Now(0));
            Assert.IsFalse(time.Offer(0, NotAfter + 1, 0));
            Assert.IsFalse(time.Offer(0, 9223372036854775807L, 0));
            Assert.IsFalse(time.Offer(0, -9223372036854775808L, 0));
            Assert.IsTrue(time.Offer(0, NotAfter, 0));
            time.Forget();
            Assert.IsTrue(time.Offer(0, Issued, 5000));
            Assert.AreEqual(Issued + 60, time.Now(65000));
        }

        [TestMethod]
        public void The_build_time_is_a_floor_for_identities_that_are_older()
        {
            TrustedTime time = new TrustedTime(FirmwareVersion.BuildTime - Day, NotAfter, Stored(new TestStorage()));

            Assert.IsFalse(time.Offer(0, FirmwareVersion.BuildTime - 1, 0));
            Assert.IsFalse(time.Offer(1, FirmwareVersion.BuildTime - 1, 0), "not even if two agree");
            Assert.IsTrue(time.Offer(0, FirmwareVersion.BuildTime, 0));
        }

        [TestMethod]
        public void Two_servers_agree_within_a_minute_and_nobody_agrees_with_himself()
        {
            AssertAgreement(1, 0, true);
            AssertAgreement(1, 60, true);
            AssertAgreement(1, -60, true);
            AssertAgreement(1, 61, false);
            AssertAgreement(1, -61, false);
            AssertAgreement(0, 0, false);
        }

        [TestMethod]
        public void What_two_servers_agree_on_moves_no_floor_a_session_does()
        {
            TestStorage storage = new TestStorage();
            TrustedTime time = Create(storage);
            Agree(time, Issued + (1000 * Day), 0);
            Assert.AreEqual(0, storage.Writes);
            Assert.IsTrue(Create(storage).Offer(0, Issued + 1, 0));

            time = Create(storage);
            Agree(time, Issued + (10 * Day), 0);
            time.Confirm(1000);

            Assert.IsFalse(Create(storage).Offer(0, Issued + (10 * Day), 0));
            Assert.IsTrue(Create(storage).Offer(0, Issued + (10 * Day) + 1, 0));
        }

        [TestMethod]
        public void sntp_lie_of_one_server_moves_no_floor_though_a_session_succeeds()
        {
            TestStorage storage = new TestStorage();
            TrustedTime time = Create(storage);
            Assert.IsTrue(time.Offer(0, Issued + (300 * Day), 0));
            Assert.IsFalse(time.Offer(1, Issued + Day, 0));

            time.Confirm(1000);
            Assert.AreEqual(0, storage.Writes);

            Assert.IsTrue(time.Offer(2, Issued + Day, 0), "the third decides");
            Assert.AreEqual(Issued + Day, time.Now(0));
            time.Confirm(1000);
            Assert.AreEqual(Issued + Day + 1, Stored(storage).Value);
        }

        [TestMethod]
        public void A_floor_that_was_lied_up_falls_when_two_servers_agree_and_a_session_succeeds()
        {
            TestStorage storage = new TestStorage();
            Stored(storage).Save(Issued + (300 * Day));
            TrustedTime time = Create(storage);
            Assert.IsFalse(time.Offer(0, Issued + Day, 0), "one server alone");
            Assert.IsFalse(time.Offer(0, Issued + Day, 0), "however often");
            Assert.IsFalse(time.IsKnown);

            Assert.IsTrue(time.Offer(1, Issued + Day, 0));

            Assert.AreEqual(Issued + Day, time.Now(0));
            Assert.AreEqual(Issued + (300 * Day), Stored(storage).Value, "not before TLS has come about");
            time.Confirm(1000);
            Assert.AreEqual(Issued + Day + 1, Stored(storage).Value);
            Assert.IsTrue(Create(storage).Offer(0, Issued + (2 * Day), 0));
        }

        [TestMethod]
        public void A_session_with_a_time_that_is_not_known_moves_no_floor()
        {
            TestStorage storage = new TestStorage();
            TrustedTime time = Create(storage);
            Agree(time, Issued + (10 * Day), 0);
            time.Forget();
            time.Confirm(1000);

            Assert.AreEqual(0, storage.Writes);
        }

        [TestMethod]
        public void The_floor_is_stored_once_a_day_at_most()
        {
            TestStorage storage = new TestStorage();
            TrustedTime time = Create(storage);
            Agree(time, Issued, 0);
            for (int hour = 0; hour < 72; hour++)
            {
                time.Confirm(hour * 3600000L);
            }

            Assert.AreEqual(2, storage.Writes);
        }

        [TestMethod]
        public void A_stored_floor_past_the_certificate_is_damage_and_locks_nobody_out()
        {
            TestStorage storage = new TestStorage();
            Stored(storage).Save(NotAfter + 1);

            Assert.IsTrue(Create(storage).Offer(0, Issued, 0));
        }

        [TestMethod]
        public void One_server_may_correct_a_drift_and_nothing_more()
        {
            AssertRenewal(0, true);
            AssertRenewal(60, true);
            AssertRenewal(-60, true);
            AssertRenewal(61, false);
            AssertRenewal(-61, false);
            AssertRenewal(86400, false);
        }

        [TestMethod]
        public void A_renewal_without_an_answer_changes_nothing()
        {
            TrustedTime time = Create(new TestStorage());
            Agree(time, Issued + Day, 0);

            Assert.IsFalse(time.Offer(0, 0, TrustedTime.RenewalMs));
            Assert.AreEqual(Issued + (2 * Day), time.Now(TrustedTime.RenewalMs));
            Assert.IsFalse(time.IsRenewalDue((2 * TrustedTime.RenewalMs) - 1));
        }

        [TestMethod]
        public void While_servers_disagree_the_time_is_asked_sooner()
        {
            TrustedTime time = Create(new TestStorage());
            time.Offer(0, Issued + Day, 0);
            Assert.IsFalse(time.IsRenewalDue(TrustedTime.DoubtMs - 1));
            Assert.IsTrue(time.IsRenewalDue(TrustedTime.DoubtMs), "one server's word");

            time.Offer(1, Issued + Day, 0);
            Assert.IsFalse(time.IsRenewalDue(TrustedTime.RenewalMs - 1));
            time.Offer(2, Issued, 0);
            Assert.IsTrue(time.IsRenewalDue(TrustedTime.DoubtMs), "contradicted");
            time.Offer(0, Issued + Day, 0);
            Assert.IsFalse(time.IsRenewalDue(TrustedTime.DoubtMs));
        }

        private static TrustedTime Create(TestStorage storage) => new TrustedTime(Issued, NotAfter, Stored(storage));

        private static StoredNumber Stored(TestStorage storage) => new StoredNumber(storage, "time");

        private static void Agree(TrustedTime time, long unixSeconds, long nowMs)
        {
            Assert.IsTrue(time.Offer(0, unixSeconds, nowMs));
            Assert.IsTrue(time.Offer(1, unixSeconds, nowMs));
        }

        private static void AssertAgreement(int server, int off, bool agreed)
        {
            TrustedTime time = Create(new TestStorage());
            time.Offer(0, Issued + Day, 0);
            Assert.IsFalse(time.IsAgreed);

            time.Offer(server, Issued + Day + off + 30, 30000);

            Assert.AreEqual(agreed, time.IsAgreed);
        }

        private static void AssertRenewal(int off, bool believed)
        {
            TrustedTime time = Create(new TestStorage());
            Agree(time, Issued + Day, 0);
            Assert.IsFalse(time.IsRenewalDue(TrustedTime.RenewalMs - 1));
            Assert.IsTrue(time.IsRenewalDue(TrustedTime.RenewalMs));

            Assert.AreEqual(believed, time.Offer(0, Issued + (2 * Day) + off, TrustedTime.RenewalMs));

            Assert.AreEqual(Issued + (2 * Day) + (believed ? off : 0), time.Now(TrustedTime.RenewalMs));
            Assert.IsFalse(time.IsRenewalDue(TrustedTime.RenewalMs + 1));
        }
    }
}
