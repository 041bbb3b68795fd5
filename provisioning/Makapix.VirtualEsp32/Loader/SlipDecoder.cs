using System;

namespace Makapix.VirtualEsp32.Loader;

/// <summary>
/// Takes frames out of a byte stream (RFC 1055). Memory is one frame, whatever the peer sends: a frame that is too long, or broken,
/// is dropped up to its end.
/// </summary>
internal sealed class SlipDecoder(int maxFrame)
{
    private readonly byte[] _frame = new byte[maxFrame];
    private int _length;
    private bool _escaped;
    private bool _broken;
    private bool _atEnd;

    /// <summary>The frame that the last <see cref="Feed"/> completed; valid until the next.</summary>
    public ReadOnlySpan<byte> Frame => _frame.AsSpan(0, _length);

    /// <summary>Takes bytes up to and including the end of a frame.</summary>
    /// <returns>How many were taken; <paramref name="complete"/> tells whether the last one ended a frame.</returns>
    public int Feed(ReadOnlySpan<byte> input, out bool complete)
    {
        if (_atEnd)
        {
            Restart();
        }

        for (var i = 0; i < input.Length; i++)
        {
            if (input[i] != Slip.End)
            {
                Add(input[i]);
            }
            else if (_length > 0 && !_escaped && !_broken)
            {
                complete = _atEnd = true;
                return i + 1;
            }
            else
            {
                Restart(); // what begins a frame ends none, or ends one that is to be dropped
            }
        }

        complete = false;
        return input.Length;
    }

    private void Restart()
    {
        _length = 0;
        _escaped = _broken = _atEnd = false;
    }

    private void Add(byte value)
    {
        if (_broken)
        {
            return;
        }

        if (_escaped)
        {
            _escaped = false;
            _broken = value is not (Slip.EscapedEnd or Slip.EscapedEscape);
            value = value == Slip.EscapedEnd ? Slip.End : Slip.Escape;
        }
        else if (value == Slip.Escape)
        {
            _escaped = true;
            return;
        }

        if (_length == _frame.Length)
        {
            _broken = true;
        }

        if (!_broken)
        {
            _frame[_length++] = value;
        }
    }
}
