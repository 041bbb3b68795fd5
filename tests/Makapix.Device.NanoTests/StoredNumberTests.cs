using Makapix.Device.Connection;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace Makapix.Device.NanoTests
{
    [TestClass]
    public class StoredNumberTests
    {
        private const int RecordLength = 16;

        [TestMethod]
        public void It_is_zero_at_first_and_then_what_was_saved_last()
        {
            TestStorage storage = new TestStorage();
            Assert.AreEqual(0L, Load(storage));

            StoredNumber number = new StoredNumber(storage, "n");
            for (long value = 1; value <= 9; value++)
            {
                number.Save(value * 1000000007L);
                Assert.AreEqual(value * 1000000007L, number.Value);
                Assert.AreEqual(value * 1000000007L, Load(storage));
            }
        }

        [TestMethod]
        public void power_cut_at_any_byte_leaves_the_old_number_or_the_new_one()
        {
            AssertSurvivesCuts(0, false);
            AssertSurvivesCuts(0, true);
            AssertSurvivesCuts(255, true);
        }

        [TestMethod]
        public void Cut_after_cut_never_loses_what_was_stored()
        {
            TestStorage storage = new TestStorage();
            new StoredNumber(storage, "n").Save(7);
            for (int bytes = 1; bytes <= RecordLength; bytes++)
            {
                storage.PowerFor = bytes;
                new StoredNumber(storage, "n").Save(8);
                storage.PowerFor = -1;
                Assert.AreEqual(7L, Load(storage));
            }
        }

        [TestMethod]
        public void Missing_storage_is_borne()
        {
            TestStorage storage = new TestStorage();
            storage.IsMissing = true;
            StoredNumber number = new StoredNumber(storage, "n");

            number.Save(5);

            Assert.AreEqual(5L, number.Value);
            Assert.AreEqual(0L, Load(storage));
        }

        [TestMethod]
        public void Full_storage_keeps_what_there_was()
        {
            TestStorage storage = new TestStorage();
            new StoredNumber(storage, "n").Save(4);
            storage.IsFull = true;
            new StoredNumber(storage, "n").Save(5);

            Assert.AreEqual(4L, Load(storage));
        }

        [TestMethod]
        public void full_storage_that_calls_each_write_a_success_keeps_what_there_was()
        {
            TestStorage storage = new TestStorage();
            StoredNumber number = new StoredNumber(storage, "n");
            number.Save(3);
            number.Save(4);

            storage.IsLying = true;
            number.Save(5);
            number.Save(6);
            Assert.AreEqual(4L, Load(storage));

            storage.IsLying = false;
            number.Save(7);
            Assert.AreEqual(7L, Load(storage));
        }

        [TestMethod]
        public void Garbage_in_both_files_is_no_number()
        {
            for (int length = 0; length <= 40; length++)
            {
                byte[] garbage = new byte[length];
                for (int i = 0; i < length; i++)
                {
                    garbage[i] = (byte)(i * 37);
                }

                TestStorage storage = new TestStorage();
                storage.Put("n_a.bin", garbage);
                storage.Put("n_b.bin", garbage);
                Assert.AreEqual(0L, Load(storage));
            }
        }

        private static long Load(TestStorage storage) => new StoredNumber(storage, "n").Value;

        private static void AssertSurvivesCuts(int rest, bool keepsLength)
        {
            for (int earlier = 1; earlier <= 3; earlier++)
            {
                for (int bytes = 1; bytes <= RecordLength + 1; bytes++)
                {
                    TestStorage storage = new TestStorage();
                    StoredNumber number = new StoredNumber(storage, "n");
                    for (int i = 1; i <= earlier; i++)
                    {
                        number.Save(i);
                    }

                    storage.Rest = (byte)rest;
                    storage.KeepsLength = keepsLength;
                    storage.PowerFor = bytes;
                    number.Save(100);

                    storage.PowerFor = -1;
                    long found = Load(storage);
                    Assert.IsTrue(found == earlier || found == 100, bytes.ToString() + " bytes: " + found.ToString());

                    // And it goes on from there, cut or not.
                    new StoredNumber(storage, "n").Save(101);
                    Assert.AreEqual(101L, Load(storage));
                }
            }
        }
    }
}
