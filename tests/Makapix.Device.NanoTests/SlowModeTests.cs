using Makapix.Device.Connection;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace Makapix.Device.NanoTests
{
    [TestClass]
    public class SlowModeTests
    {
        private const long Minute = 60000;

        [TestMethod]
        public void Ten_refusals_in_half_an_hour_are_no_reason_yet()
        {
            SlowMode slow = new SlowMode();
            for (int i = 0; i < 100; i++)
            {
                slow.Take(FailureCause.CertificateRefused, i * Minute * 29 / 100);
            }

            Assert.IsFalse(slow.IsOn);
            slow.Take(FailureCause.CertificateRefused, 30 * Minute);
            Assert.IsTrue(slow.IsOn);
        }

        [TestMethod]
        public void Nine_refusals_in_a_day_are_no_reason_yet()
        {
            SlowMode slow = new SlowMode();
            for (int i = 0; i < 9; i++)
            {
                slow.Take(FailureCause.BrokerRefused, i * 160 * Minute);
                Assert.IsFalse(slow.IsOn);
            }

            slow.Take(FailureCause.BrokerRefused, 1440 * Minute);
            Assert.IsTrue(slow.IsOn);
        }

        [TestMethod]
        public void Whatever_is_no_refusal_ends_the_row()
        {
            for (int cause = 0; cause < FailureCauses.Count; cause++)
            {
                SlowMode slow = new SlowMode();
                for (int i = 0; i < 20; i++)
                {
                    slow.Take(FailureCause.CertificateRefused, i * 10 * Minute);
                }

                Assert.IsTrue(slow.IsOn);
                bool refusal = cause == (int)FailureCause.CertificateRefused || cause == (int)FailureCause.BrokerRefused;
                slow.Take((FailureCause)cause, 201 * Minute);
                Assert.AreEqual(refusal, slow.IsOn, FailureCauses.Name((FailureCause)cause));
                slow.Take(FailureCause.CertificateRefused, 202 * Minute);
                Assert.AreEqual(refusal, slow.IsOn, FailureCauses.Name((FailureCause)cause));
            }
        }

        [TestMethod]
        public void The_wait_is_a_quarter_to_half_an_hour()
        {
            Assert.AreEqual(900000, SlowMode.Delay(new FixedRandom(0)));
            Assert.AreEqual(1800000, SlowMode.Delay(new FixedRandom(1)));
        }

        [TestMethod]
        public void Years_of_refusals_overflow_nothing()
        {
            SlowMode slow = new SlowMode();
            for (int i = 0; i < 100000; i++)
            {
                slow.Take(FailureCause.BrokerRefused, i * 20L * Minute);
            }

            Assert.IsTrue(slow.IsOn);
        }
    }
}
