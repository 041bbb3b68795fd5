using Makapix.Device.Connection;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace Makapix.Device.NanoTests
{
    [TestClass]
    public class SntpExchangeTests
    {
        [TestMethod]
        public void The_question_is_a_version_4_client_with_random_bits_for_its_time()
        {
            SntpExchange exchange = Ask();
            Assert.AreEqual(48, exchange.Request.Length);
            Assert.AreEqual(0x23, (int)exchange.Request[0]);
            int random = 0;
            byte[] other = new SntpExchange(new DeviceRandom("y", 1)).Request;
            for (int i = 1; i < 48; i++)
            {
                Assert.IsTrue(i >= 40 || exchange.Request[i] == 0);
                random += i >= 40 && exchange.Request[i] != other[i] ? 1 : 0;
            }

            Assert.IsTrue(random > 0);
        }

        [TestMethod]
        public void An_answer_tells_the_time_in_this_era_and_the_next()
        {
            SntpExchange exchange = Ask();
            Assert.AreEqual(1782691200L, Read(exchange, Answer(exchange, 3991680000u)));
            Assert.AreEqual(2085978495L, Read(exchange, Answer(exchange, 4294967295u)));
            Assert.AreEqual(2085978497L, Read(exchange, Answer(exchange, 1u)));
        }

        [TestMethod]
        public void server_that_has_no_time_does_not_tell_the_year_2036()
        {
            SntpExchange exchange = Ask();
            Assert.AreEqual(0L, Read(exchange, Answer(exchange, 0u)));
        }

        [TestMethod]
        public void Spoofed_answer_without_our_random_bits_is_ignored()
        {
            SntpExchange exchange = Ask();
            byte[] answer = Answer(exchange, 3991680000u);
            for (int i = 24; i < 32; i++)
            {
                answer[i] ^= 1;
                Assert.AreEqual(0L, Read(exchange, answer));
                answer[i] ^= 1;
            }
        }

        // A clock that is not set (leap indicator 3), our own question (mode 3), broadcast (mode 5), kiss of death (stratum 0), unsynchronized (stratum 16).
        [TestMethod]
        public void What_is_no_servers_answer_is_ignored()
        {
            AssertIgnoredWith(0, 0xE4);
            AssertIgnoredWith(0, 0x23);
            AssertIgnoredWith(0, 0x25);
            AssertIgnoredWith(1, 0);
            AssertIgnoredWith(1, 16);
        }

        [TestMethod]
        public void A_short_answer_is_ignored()
        {
            SntpExchange exchange = Ask();
            byte[] answer = Answer(exchange, 3991680000u);
            for (int length = 0; length < 48; length++)
            {
                Assert.AreEqual(0L, exchange.Read(answer, length));
            }
        }

        private static SntpExchange Ask() => new SntpExchange(new DeviceRandom("x", 1));

        private static long Read(SntpExchange exchange, byte[] answer) => exchange.Read(answer, answer.Length);

        private static byte[] Answer(SntpExchange exchange, uint ntpSeconds)
        {
            byte[] answer = new byte[48];
            answer[0] = 0x24;
            answer[1] = 2;
            for (int i = 0; i < 8; i++)
            {
                answer[24 + i] = exchange.Request[40 + i];
            }

            for (int i = 0; i < 4; i++)
            {
                answer[40 + i] = (byte)(ntpSeconds >> (24 - (8 * i)));
            }

            return answer;
        }

        private static void AssertIgnoredWith(int at, int value)
        {
            SntpExchange exchange = Ask();
            byte[] answer = Answer(exchange, 3991680000u);
            answer[at] = (byte)value;

            Assert.AreEqual(0L, Read(exchange, answer));
        }
    }
}
