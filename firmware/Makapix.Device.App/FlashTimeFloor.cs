using System;
using System.IO;
using Makapix.Device.Connection;

namespace Makapix.Device.App
{
    /// <summary>
    /// The time of the last mTLS session, in a file on I:. The number and its complement: whatever a power cut leaves is either a number that was written,
    /// or none.
    /// </summary>
    internal sealed class FlashTimeFloor : ITimeFloorStore
    {
        private const string Path = "I:\\makapix_time.bin";
        private const int Length = 16;

        public long Load()
        {
            try
            {
                if (!File.Exists(Path))
                {
                    return 0;
                }

                byte[] data = File.ReadAllBytes(Path);
                long seconds = data.Length == Length ? BitConverter.ToInt64(data, 0) : 0;
                return data.Length == Length && BitConverter.ToInt64(data, 8) == ~seconds ? seconds : 0;
            }
            catch (Exception)
            {
                return 0;
            }
        }

        public void Save(long unixSeconds)
        {
            try
            {
                byte[] data = new byte[Length];
                Array.Copy(BitConverter.GetBytes(unixSeconds), 0, data, 0, 8);
                Array.Copy(BitConverter.GetBytes(~unixSeconds), 0, data, 8, 8);
                File.WriteAllBytes(Path, data);
            }
            catch (Exception)
            {
                // Full, worn or missing: the floor stays where it is, and everything else works.
            }
        }
    }
}
