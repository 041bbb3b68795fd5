namespace Makapix.Device.Payloads
{
    /// <summary>
    /// The names of all objects that are open, as ranges of the text, to find one that comes twice. They are compared by a hash first: a few hundred long names
    /// that differ in their last character would keep the processor busy for many seconds. Its multiplier is the device's own, and no secret that holds for
    /// ever: so no more than a few names may collide, which by chance hardly one does.
    /// </summary>
    internal sealed class MemberNames
    {
        private const int MaxCollisions = 16;

        private readonly ushort[] _hashes = new ushort[PayloadGuard.MaxOpenNames];
        private readonly ushort[] _starts = new ushort[PayloadGuard.MaxOpenNames];
        private readonly ushort[] _lengths = new ushort[PayloadGuard.MaxOpenNames];
        private readonly ushort[] _first = new ushort[JsonReader.MaxDepth + 1];
        private readonly int _multiplier;
        private byte[] _data = new byte[0];
        private int _offset;
        private int _count;
        private int _collisions;

        public MemberNames(int seed)
        {
            _multiplier = seed | 1;
        }

        /// <summary>Begins with a new text, which begins at <paramref name="offset"/>.</summary>
        public void Reset(byte[] data, int offset)
        {
            _data = data;
            _offset = offset;
            _count = 0;
            _collisions = 0;
        }

        /// <summary>An object or array begins at <paramref name="depth"/>.</summary>
        public void Open(int depth) => _first[depth] = (ushort)_count;

        /// <summary>The one at <paramref name="depth"/> ends, and its names with it.</summary>
        public void Close(int depth) => _count = _first[depth];

        /// <summary>Takes a name of the object at <paramref name="depth"/>.</summary>
        public RejectCause Add(int start, int end, int depth)
        {
            ushort hash = Hash(start, end);
            for (int i = _first[depth]; i < _count; i++)
            {
                if (_hashes[i] != hash)
                {
                    continue;
                }

                if (_collisions == MaxCollisions)
                {
                    return RejectCause.TooManyNames;
                }

                if (IsSame(i, start, end))
                {
                    return RejectCause.DuplicateName;
                }

                _collisions++;
            }

            if (_count == PayloadGuard.MaxOpenNames)
            {
                return RejectCause.TooManyNames;
            }

            _hashes[_count] = hash;
            _starts[_count] = (ushort)(start - _offset);
            _lengths[_count] = (ushort)(end - start);
            _count++;
            return RejectCause.None;
        }

        private bool IsSame(int i, int start, int end)
        {
            int other = _offset + _starts[i];
            return JsonText.Same(_data, start, end, _data, other, other + _lengths[i]);
        }

        // Of the characters that the name means, not of how they are spelled. Folded to half its length, which keeps 512 bytes free.
        private ushort Hash(int start, int end)
        {
            int hash = 0;
            while (start < end)
            {
                hash = (hash * _multiplier) + JsonText.Next(_data, ref start) + 1;
            }

            return (ushort)(hash ^ (hash >> 16));
        }
    }
}
