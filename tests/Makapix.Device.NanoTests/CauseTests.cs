using Makapix.Device.Connection;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace Makapix.Device.NanoTests
{
    [TestClass]
    public class CauseTests
    {
        [TestMethod]
        public void Every_cause_and_every_state_has_a_name_of_its_own()
        {
            string names = " ";
            for (int i = 1; i < FailureCauses.Count; i++)
            {
                string name = " " + FailureCauses.Name((FailureCause)i) + " ";
                Assert.IsTrue(names.IndexOf(name) < 0 && name != " none ", name);
                names += name;
            }

            for (int i = 0; i < (int)ConnectionState.Stopped; i++)
            {
                Assert.IsTrue(ConnectionStates.Name((ConnectionState)i) != "stopped");
            }
        }

        [TestMethod]
        public void A_broker_that_is_not_available_does_not_refuse()
        {
            AssertConnack(0, 0);
            AssertConnack(1, (int)FailureCause.BrokerRefused);
            AssertConnack(2, (int)FailureCause.BrokerRefused);
            AssertConnack(3, (int)FailureCause.BrokerUnavailable);
            AssertConnack(4, (int)FailureCause.BrokerRefused);
            AssertConnack(5, (int)FailureCause.BrokerRefused);
        }

        [TestMethod]
        public void mbedTLS_says_who_refused_whom()
        {
            AssertMbedTls(-0x7780, (int)FailureCause.CertificateRefused);
            AssertMbedTls(-0x7280, (int)FailureCause.Closed);
            AssertMbedTls(-0x0050, (int)FailureCause.Closed);
            AssertMbedTls(-0x2700, (int)FailureCause.Tls);
            AssertMbedTls(0, (int)FailureCause.Tls);
            AssertMbedTls(8, (int)FailureCause.Untrusted);
            AssertMbedTls(1, (int)FailureCause.Untrusted);
        }

        [TestMethod]
        public void What_nanoCLR_itself_cannot_read_is_no_fault_of_the_broker()
        {
            AssertMbedTls(3, (int)FailureCause.Internal);
            AssertMbedTls(6, (int)FailureCause.Identity);
            AssertMbedTls(7, (int)FailureCause.Identity);
        }

        private static void AssertConnack(int code, int cause) => Assert.AreEqual(cause, (int)ConnackCause.Of(code));

        private static void AssertMbedTls(int code, int cause) => Assert.AreEqual(cause, (int)MbedTlsCause.Of(code));
    }
}
