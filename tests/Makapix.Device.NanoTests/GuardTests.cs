using System.Text;
using Makapix.Device.Payloads;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace Makapix.Device.NanoTests
{
    /// <summary>The guard where it runs: one payload for each thing that nanoCLR might do otherwise than .NET.</summary>
    [TestClass]
    public class GuardTests
    {
        private const string Head = "{\"command_id\":\"2f1c7b1e-0d5a-4c39-8e54-0a6b7c8d9e0f\",\"timestamp\":\"2026-08-19T12:34:56.123456+00:00\",";

        [TestMethod]
        public void Values_are_captured_in_whatever_order_they_come()
        {
            AssertValue("\"command_type\":\"set_brightness\",\"payload\":{\"value\":42}}", 42);
            AssertValue("\"payload\":{\"value\":42},\"command_type\":\"set_brightness\"}", 42);
            AssertValue("\"payload\":{\"v\\u0061lue\":-2147483648},\"command_type\":\"set\\u005fbrightness\"}", int.MinValue);
            AssertValue("\"payload\":{\"value\":0.2147483647e10},\"command_type\":\"set_rotation\"}", int.MaxValue);
        }

        [TestMethod]
        public void Numbers_beyond_all_bounds_are_no_small_ones()
        {
            AssertCause("\"command_type\":\"set_brightness\",\"payload\":{\"value\":2147483648}}", RejectCause.Range);
            AssertCause("\"command_type\":\"set_brightness\",\"payload\":{\"value\":18446744073709551658}}", RejectCause.Range);
            AssertCause("\"command_type\":\"set_brightness\",\"payload\":{\"value\":1e4294967296}}", RejectCause.Range);
            AssertCause("\"command_type\":\"set_brightness\",\"payload\":{\"value\":1e-1}}", RejectCause.Type);
        }

        [TestMethod]
        public void What_is_broken_is_refused_by_its_cause()
        {
            AssertCause("\"command_type\":\"set_paused\",\"payload\":{\"paused\":1}}", RejectCause.Type);
            AssertCause("\"command_type\":\"show_artwork\",\"payload\":{}}", RejectCause.Required);
            AssertCause("\"command_type\":\"dance\",\"payload\":{}}", RejectCause.Unsupported);
            AssertCause("\"command_type\":\"swap_next\",\"payload\":{\"a\":1,\"\\u0061\":2}}", RejectCause.DuplicateName);
            AssertCause("\"command_type\":\"swap_next\",\"payload\":{\"a\":\"\\ud800\"}}", RejectCause.Text);
            AssertCause("\"command_type\":\"swap_next\",\"payload\":{}}}", RejectCause.Trailing);
            AssertCause("\"command_type\":\"swap_next\",\"payload\":[[[[[[[[[[[[[[[[", RejectCause.Depth);
        }

        private static void AssertValue(string tail, int expected)
        {
            CommandGuard guard = new CommandGuard(12345);
            byte[] payload = Encoding.UTF8.GetBytes(Head + tail);

            Assert.IsTrue(guard.Inspect(payload, 0, payload.Length) == RejectCause.None, tail);
            Assert.IsTrue(guard.Fields.TryInt32(SchemaTables.CommandPayloadValue, out int value), tail);
            Assert.AreEqual(expected, value);
            Assert.IsTrue(guard.IssuedAt == 1787142896, "time of issue");
        }

        private static void AssertCause(string tail, RejectCause cause)
        {
            byte[] payload = Encoding.UTF8.GetBytes(Head + tail);

            Assert.AreEqual(RejectCauses.Name(cause), RejectCauses.Name(new CommandGuard(12345).Inspect(payload, 0, payload.Length)));
        }
    }
}
