using System;

namespace Makapix.Device.Commands
{
    /// <summary>
    /// The last command ids that were accepted. QoS 1 delivers at least once, and whoever can record a command could send it again: neither runs it twice.
    /// What has left the window is too old by then, or came in a flood of commands that were all fresh and valid.
    /// </summary>
    internal sealed class CommandIdWindow
    {
        public const int Capacity = 64;
        private const int IdLength = 16;

        private readonly byte[] _ids = new byte[Capacity * IdLength];
        private int _count;
        private int _next;

        public bool Contains(byte[] id)
        {
            for (int entry = 0; entry < _count; entry++)
            {
                int i = 0;
                while (i < IdLength && _ids[(entry * IdLength) + i] == id[i])
                {
                    i++;
                }

                if (i == IdLength)
                {
                    return true;
                }
            }

            return false;
        }

        public void Add(byte[] id)
        {
            Array.Copy(id, 0, _ids, _next * IdLength, IdLength);
            _next = (_next + 1) % Capacity;
            _count = _count < Capacity ? _count + 1 : Capacity;
        }
    }
}
