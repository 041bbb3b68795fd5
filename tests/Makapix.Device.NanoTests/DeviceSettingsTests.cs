#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace Makapix.Device.NanoTests
{
    [TestClass]
    public class DeviceSettingsTests
    {
        [TestMethod]
        public void The_log_level_stays_within_its_bounds()
        {
            AssertLevel(0, 0);
            AssertLevel(1, 1);
            AssertLevel(2, 2);
            AssertLevel(3, 2);
            AssertLevel(-1, 0);
            AssertLevel(2147483647, 2);
        }

        [TestMethod]
        public void The_heart_beats_at_least_once_a_minute_whatever_is_set()
        {
            AssertPeriod(30, 30);
            AssertPeriod(10, 10);
            AssertPeriod(60, 60);
            AssertPeriod(0, 10);
            AssertPeriod(-2147483648, 10);
            AssertPeriod(61, 60);
            AssertPeriod(2147483647, 60);
        }

        private static void AssertLevel(int asked, int given) => Assert.AreEqual(given, new DeviceSettings(asked).LogLevel);

        private static void AssertPeriod(int asked, int given) =>
            Assert.AreEqual(given, new DeviceSettings(2, asked).TelemetrySeconds);
    }
}
