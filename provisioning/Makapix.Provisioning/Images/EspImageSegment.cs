using System;

namespace Makapix.Provisioning.Images;

/// <summary>One segment of an ESP image.</summary>
/// <param name="LoadAddress">Where it is loaded or mapped.</param>
/// <param name="Data">Its bytes, a multiple of 4.</param>
public sealed record EspImageSegment(uint LoadAddress, ReadOnlyMemory<byte> Data);
