using System;
using Makapix.Device.Connection;

namespace Makapix.Device.Tests.Support;

/// <summary>Always the given fraction of the range.</summary>
public sealed class FakeRandom(double fraction) : IRandomSource
{
    public int Next(int bound) => Math.Min(bound - 1, (int)(bound * fraction));
}
