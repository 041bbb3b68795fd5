using Makapix.Device.Identity;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace Makapix.Device.NanoTests
{
    [TestClass]
    public class PlatformTrustTests
    {
        [TestMethod]
        public void An_empty_store_is_left_alone() => Assert.AreEqual((int)PlatformTrustState.Empty, (int)PlatformTrust.Clear(new TestStorage()));

        [TestMethod]
        public void planted_CA_bundle_is_deleted_and_the_device_starts_again()
        {
            AssertDeleted("con_XB1_0.sys");
            AssertDeleted("con_XD1_0.sys");
        }

        [TestMethod]
        public void planted_CA_bundle_that_cannot_be_deleted_keeps_the_device_offline()
        {
            TestStorage storage = new TestStorage();
            storage.Put("con_XB1_0.sys", new byte[] { 1 });
            storage.IsReadOnly = true;

            Assert.AreEqual((int)PlatformTrustState.Foreign, (int)PlatformTrust.Clear(storage));
        }

        [TestMethod]
        public void Missing_storage_holds_nothing_to_trust()
        {
            TestStorage storage = new TestStorage();
            storage.Put("con_XB1_0.sys", new byte[] { 1 });
            storage.IsMissing = true;

            Assert.AreEqual((int)PlatformTrustState.Empty, (int)PlatformTrust.Clear(storage));
        }

        private static void AssertDeleted(string name)
        {
            TestStorage storage = new TestStorage();
            storage.Put(name, new byte[] { 1 });

            Assert.AreEqual((int)PlatformTrustState.Cleared, (int)PlatformTrust.Clear(storage));
            Assert.IsFalse(storage.Exists(name));
            Assert.AreEqual((int)PlatformTrustState.Empty, (int)PlatformTrust.Clear(storage));
        }
    }
}
