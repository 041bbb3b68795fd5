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
            TestStorage storage = new TestStorage();
            TrustedTime time = Create(storage);

            Assert.IsFalse(time.Offer(0, 0));
            Assert.IsFalse(time.Offer(Issued - 1, 0));
            Assert.AreEqual(0L, time.Now(0));
            Assert.IsFalse(time.Offer(NotAfter + 1, 0));
            Assert.IsFalse(time.Offer(9223372036854775807L, 0));
            Assert.IsFalse(time.Offer(-9223372036854775808L, 0));
            Assert.IsTrue(time.Offer(NotAfter, 0));
            Assert.IsTrue(time.Offer(Issued, 5000));
            Assert.AreEqual(Issued + 60, time.Now(65000));
        }

        [TestMethod]
        public void The_build_time_is_a_floor_for_identities_that_are_older()
        {
            TestStorage storage = new TestStorage();
            TrustedTime time = new TrustedTime(FirmwareVersion.BuildTime - Day, NotAfter, Stored(storage));

            Assert.IsFalse(time.Offer(FirmwareVersion.BuildTime - 1, 0));
            Assert.IsTrue(time.Offer(FirmwareVersion.BuildTime, 0));
        }

        [TestMethod]
        public void An_answer_alone_moves_no_floor_a_session_does()
        {
            TestStorage storage = new TestStorage();
            TrustedTime time = Create(storage);
            time.Offer(Issued + (1000 * Day), 0);
            Assert.IsTrue(Create(storage).Offer(Issued + 1, 0));

            time.Offer(Issued + (10 * Day), 0);
            time.Confirm(1000);

            Assert.IsFalse(Create(storage).Offer(Issued + (10 * Day), 0));
            Assert.IsTrue(Create(storage).Offer(Issued + (10 * Day) + 1, 0));
        }

        [TestMethod]
        public void A_session_with_a_time_that_is_not_known_moves_no_floor()
        {
            TestStorage storage = new TestStorage();
            TrustedTime time = Create(storage);
            time.Offer(Issued + (10 * Day), 0);
            time.Forget();
            time.Confirm(1000);

            Assert.AreEqual(0, storage.Writes);
        }

        [TestMethod]
        public void The_floor_is_stored_once_a_day_at_most()
        {
            TestStorage storage = new TestStorage();
            TrustedTime time = Create(storage);
            time.Offer(Issued, 0);
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

            Assert.IsTrue(Create(storage).Offer(Issued, 0));
        }

        [TestMethod]
        public void A_renewal_may_correct_a_drift_and_nothing_more()
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
            TestStorage storage = new TestStorage();
            TrustedTime time = Create(storage);
            time.Offer(Issued + Day, 0);

            Assert.IsFalse(time.Renew(0, TrustedTime.RenewalMs));
            Assert.AreEqual(Issued + (2 * Day), time.Now(TrustedTime.RenewalMs));
        }

        private static TrustedTime Create(TestStorage storage) => new TrustedTime(Issued, NotAfter, Stored(storage));

        private static StoredNumber Stored(TestStorage storage) => new StoredNumber(storage, "time");

        private static void AssertRenewal(int off, bool believed)
        {
            TestStorage storage = new TestStorage();
            TrustedTime time = Create(storage);
            time.Offer(Issued + Day, 0);
            Assert.IsFalse(time.IsRenewalDue(TrustedTime.RenewalMs - 1));
            Assert.IsTrue(time.IsRenewalDue(TrustedTime.RenewalMs));

            Assert.AreEqual(believed, time.Renew(Issued + (2 * Day) + off, TrustedTime.RenewalMs));

            Assert.AreEqual(Issued + (2 * Day) + (believed ? off : 0), time.Now(TrustedTime.RenewalMs));
            Assert.IsFalse(time.IsRenewalDue(TrustedTime.RenewalMs + 1));
        }
    }
}
