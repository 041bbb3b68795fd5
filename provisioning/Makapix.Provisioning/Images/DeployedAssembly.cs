using System;

namespace Makapix.Provisioning.Images;

/// <summary>An assembly found in a deployment image.</summary>
/// <param name="Offset">Where it begins in the image.</param>
/// <param name="Pe">Its header.</param>
/// <param name="Bytes">Its bytes; a view of the image, not a copy.</param>
public sealed record DeployedAssembly(int Offset, PeFile Pe, ReadOnlyMemory<byte> Bytes);
