using System;
using Makapix.Device.Connection;

namespace Makapix.Device.NanoTests
{
    /// <summary>Files in memory, on a device whose power may be cut after any byte that is written.</summary>
    public sealed class TestStorage : IStorage
    {
        private const int MaxFiles = 8;

        private readonly string[] _names = new string[MaxFiles];
        private readonly byte[]?[] _files = new byte[]?[MaxFiles];

        /// <summary>Whether there is no storage at all.</summary>
        public bool IsMissing { get; set; }

        /// <summary>Whether nothing more fits.</summary>
        public bool IsFull { get; set; }

        /// <summary>Whether a write that found no room leaves an empty file, and calls that a success: what fails when a file is closed, not everybody hears.</summary>
        public bool IsLying { get; set; }

        /// <summary>After how many bytes of a write the power goes; negative for never. It then stays off: later writes do nothing.</summary>
        public int PowerFor { get; set; } = -1;

        /// <summary>What a cut leaves behind the bytes that were written.</summary>
        public byte Rest { get; set; }

        /// <summary>Whether a cut leaves the file as long as it was to become.</summary>
        public bool KeepsLength { get; set; }

        /// <summary>Writes that were asked for.</summary>
        public int Writes { get; private set; }

        /// <summary>Whether nothing can be deleted.</summary>
        public bool IsReadOnly { get; set; }

        public bool Exists(string name) => Read(name) != null;

        public void Delete(string name)
        {
            if (!IsMissing && !IsReadOnly)
            {
                _files[Find(name)] = null;
            }
        }

        public byte[]? Read(string name) => IsMissing ? null : _files[Find(name)];

        public bool Write(string name, byte[] data)
        {
            Writes++;
            if (IsLying)
            {
                _files[Find(name)] = new byte[0];
                return true;
            }

            if (IsMissing || IsFull || PowerFor == 0)
            {
                return false;
            }

            if (PowerFor > 0 && PowerFor <= data.Length)
            {
                _files[Find(name)] = Torn(data, PowerFor - 1);
                PowerFor = 0;
                return false;
            }

            PowerFor -= PowerFor > 0 ? data.Length : 0;
            _files[Find(name)] = (byte[])data.Clone();
            return true;
        }

        /// <summary>Puts a file there, as a PC does by the debugger, or an attacker with a clip.</summary>
        public void Put(string name, byte[] data) => _files[Find(name)] = data;

        private int Find(string name)
        {
            for (int i = 0; i < MaxFiles; i++)
            {
                if (_names[i] == null || _names[i] == name)
                {
                    _names[i] = name;
                    return i;
                }
            }

            throw new InvalidOperationException("more files than a test has");
        }

        private byte[] Torn(byte[] data, int written)
        {
            byte[] torn = new byte[KeepsLength ? data.Length : written];
            for (int i = 0; i < torn.Length; i++)
            {
                torn[i] = i < written ? data[i] : Rest;
            }

            return torn;
        }
    }
}
