using System;

namespace Makapix.Mqtt
{
    /// <summary>
    /// Bytes to send, in one buffer that never grows. The caller asks <see cref="Free"/> before it writes a packet: nothing is ever half written.
    /// </summary>
    internal sealed class OutgoingBuffer
    {
        private readonly byte[] _bytes;
        private int _start;
        private int _end;

        public OutgoingBuffer(int capacity)
        {
            _bytes = new byte[capacity];
        }

        public byte[] Bytes
        {
            get { return _bytes; }
        }

        public int Offset
        {
            get { return _start; }
        }

        public int Count
        {
            get { return _end - _start; }
        }

        public int Free
        {
            get { return _bytes.Length - Count; }
        }

        public void Clear()
        {
            _start = 0;
            _end = 0;
        }

        public void Take(int count)
        {
            if (count < 0 || count > Count)
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }

            _start += count;
            if (_start == _end)
            {
                Clear();
            }
        }

        /// <summary>Starts a packet of <see cref="PacketSize"/> bytes: fixed header with its remaining length (2.2).</summary>
        public void WriteHeader(PacketType type, int flags, int remaining)
        {
            if (_bytes.Length - _end < PacketSize(remaining))
            {
                Array.Copy(_bytes, _start, _bytes, 0, Count);
                _end -= _start;
                _start = 0;
            }

            WriteByte(((int)type << 4) | flags);
            for (; remaining > 0x7F; remaining >>= 7)
            {
                WriteByte((remaining & 0x7F) | 0x80);
            }

            WriteByte(remaining);
        }

        public void WriteByte(int value)
        {
            _bytes[_end++] = (byte)value;
        }

        public void WriteUInt16(int value)
        {
            WriteByte(value >> 8);
            WriteByte(value);
        }

        public void WriteText(string text)
        {
            int behind = MqttText.Write(text, _bytes, _end + 2);
            WriteUInt16(behind - _end - 2);
            _end = behind;
        }

        public void WriteBytes(byte[] bytes, int offset, int count)
        {
            Array.Copy(bytes, offset, _bytes, _end, count);
            _end += count;
        }

        /// <summary>Bytes of the whole packet with this remaining length.</summary>
        public static int PacketSize(int remaining)
        {
            return remaining + (remaining < 0x80 ? 2 : remaining < 0x4000 ? 3 : remaining < 0x200000 ? 4 : 5);
        }
    }
}
