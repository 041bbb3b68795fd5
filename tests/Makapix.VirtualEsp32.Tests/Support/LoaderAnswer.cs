namespace Makapix.VirtualEsp32.Tests.Support;

/// <summary>One response packet; error 0 is success.</summary>
internal sealed record LoaderAnswer(uint Value, byte[] Data, int Error);
