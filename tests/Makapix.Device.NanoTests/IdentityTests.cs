using Makapix.Device.Identity;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace Makapix.Device.NanoTests
{
    [TestClass]
    public class IdentityTests
    {
        [TestMethod]
        public void A_whole_blob_gives_every_field()
        {
            IdentityReading reading = IdentityReader.Read(SyntheticBlob.Build());

            Assert.AreEqual("", reading.Reason);
            DeviceIdentity? identity = reading.Identity;
            Assert.IsTrue(identity != null);
            if (identity != null)
            {
                Assert.AreEqual(SyntheticBlob.DeviceId, identity.DeviceId);
                Assert.AreEqual("broker.example", identity.BrokerHost);
                Assert.AreEqual(8883, identity.BrokerPort);
                Assert.AreEqual(SyntheticBlob.IssuedAt, identity.IssuedAt);
                Assert.AreEqual(SyntheticBlob.NotAfter, identity.CertificateNotAfter);
                Assert.AreEqual("makapix/player/" + SyntheticBlob.DeviceId, identity.TopicPrefix);
            }
        }

        [TestMethod]
        public void The_firmwares_own_blob_is_blank() => Assert.IsTrue(IdentityReader.Read(IdentityBlob.Read()).State == IdentityState.Blank);

        [TestMethod]
        public void One_bit_flipped_anywhere_is_damage()
        {
            byte[] blob = SyntheticBlob.Build();
            for (int at = 0; at < blob.Length; at += at < 300 ? 1 : 61)
            {
                blob[at] ^= 0x10;
                Assert.IsTrue(IdentityReader.Read(blob).State == IdentityState.Damaged, at.ToString());
                blob[at] ^= 0x10;
            }

            Assert.IsTrue(IdentityReader.Read(blob).State == IdentityState.Provisioned);
        }

        [TestMethod]
        public void A_blob_cut_short_behind_any_field_is_damage()
        {
            byte[] whole = SyntheticBlob.Build();
            int end = 13 + (whole[11] | (whole[12] << 8));
            for (int cut = 13; cut < end; cut++)
            {
                byte[] blob = SyntheticBlob.Build();
                for (int i = cut; i < blob.Length; i++)
                {
                    blob[i] = 0xFF;
                }

                SyntheticBlob.Seal(blob, cut);
                Assert.IsTrue(IdentityReader.Read(blob).State == IdentityState.Damaged, cut.ToString());
            }
        }

        [TestMethod]
        public void A_blob_of_another_length_is_damage()
        {
            AssertDamagedAtLength(0);
            AssertDamagedAtLength(1);
            AssertDamagedAtLength(4095);
            AssertDamagedAtLength(4097);
        }

        private static void AssertDamagedAtLength(int length) => Assert.IsTrue(IdentityReader.Read(new byte[length]).State == IdentityState.Damaged);
    }
}
