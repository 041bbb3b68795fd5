using System;
using Makapix.Device.Identity;

namespace Makapix.Device.Connection
{
    /// <summary>
    /// A number that survives a power cut at any moment. It has two files, and a new value goes into the one that does not hold the newest: whatever a
    /// cut leaves there, the other still stands, and a checksum tells them apart.
    /// </summary>
    public sealed class StoredNumber
    {
        private const int ChecksumOffset = 12;
        private const int Length = 16;

        private readonly IStorage _storage;
        private readonly string[] _names;
        private int _newest;
        private int _sequence;

        /// <summary>Loads it.</summary>
        /// <param name="storage">Where it is kept.</param>
        /// <param name="name">What it is called; the files are named after it.</param>
        public StoredNumber(IStorage storage, string name)
        {
            _storage = storage;
            _names = new string[] { name + "_a.bin", name + "_b.bin" };
            byte[]? a = Valid(storage.Read(_names[0]));
            byte[]? b = Valid(storage.Read(_names[1]));

            // The difference, not the order: the sequence may wrap.
            _newest = a == null || (b != null && BitConverter.ToInt32(b, 0) - BitConverter.ToInt32(a, 0) > 0) ? 1 : 0;
            byte[]? newest = _newest == 1 ? b : a;
            if (newest != null)
            {
                _sequence = BitConverter.ToInt32(newest, 0);
                Value = BitConverter.ToInt64(newest, 4);
            }
        }

        /// <summary>The number; 0 if none was stored.</summary>
        public long Value { get; private set; }

        /// <summary>Changes and stores it. Where it cannot be stored, it holds until the next start.</summary>
        public void Save(long value)
        {
            Value = value;
            byte[] record = new byte[Length];
            Array.Copy(BitConverter.GetBytes(_sequence + 1), 0, record, 0, 4);
            Array.Copy(BitConverter.GetBytes(value), 0, record, 4, 8);
            Array.Copy(BitConverter.GetBytes(Crc32.Compute(record, 0, ChecksumOffset)), 0, record, ChecksumOffset, 4);
            // Read again: a write that fails when the file is closed may pass for one that succeeded, and the next would go over the only good file.
            string older = _names[1 - _newest];
            byte[]? kept = _storage.Write(older, record) ? Valid(_storage.Read(older)) : null;
            if (kept != null && BitConverter.ToInt32(kept, 0) == _sequence + 1)
            {
                _newest = 1 - _newest;
                _sequence++;
            }
        }

        private static byte[]? Valid(byte[]? record) =>
            record != null && record.Length == Length && BitConverter.ToUInt32(record, ChecksumOffset) == Crc32.Compute(record, 0, ChecksumOffset) ? record : null;
    }
}
