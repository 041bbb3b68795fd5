using System;
using Makapix.Device.Commands;

namespace Makapix.Device.Tests.Support;

public sealed class FakeBrightness : IBrightness
{
    public int Min { get; init; }

    public int Max { get; init; } = 100;

    public int Step { get; init; } = 1;

    public int Value { get; private set; } = 50;

    public bool Broken { get; set; }

    public Exception? Throws { get; set; }

    public bool TrySet(int value)
    {
        if (Throws is not null)
        {
            throw Throws;
        }

        Value = Broken ? Value : value;
        return !Broken;
    }
}
