namespace Makapix.Device.Payloads
{
    /// <summary>The names of all objects that are open, as ranges of the text, to find one that comes twice.</summary>
    internal sealed class MemberNames
    {
        /// <summary>Most names open at a time.</summary>
        public const int Capacity = 64;

        private readonly int[] _starts = new int[Capacity];
        private readonly int[] _ends = new int[Capacity];
        private readonly int[] _first = new int[JsonReader.MaxDepth + 1];
        private int _count;

        /// <summary>Forgets everything.</summary>
        public void Clear() => _count = 0;

        /// <summary>An object or array begins at <paramref name="depth"/>.</summary>
        public void Open(int depth) => _first[depth] = _count;

        /// <summary>The one at <paramref name="depth"/> ends, and its names with it.</summary>
        public void Close(int depth) => _count = _first[depth];

        /// <summary>Takes a name of the object at <paramref name="depth"/>.</summary>
        public RejectCause Add(byte[] data, int start, int end, int depth)
        {
            for (int i = _first[depth]; i < _count; i++)
            {
                if (JsonText.Same(data, start, end, _starts[i], _ends[i]))
                {
                    return RejectCause.DuplicateName;
                }
            }

            if (_count == Capacity)
            {
                return RejectCause.TooManyNames;
            }

            _starts[_count] = start;
            _ends[_count] = end;
            _count++;
            return RejectCause.None;
        }
    }
}
