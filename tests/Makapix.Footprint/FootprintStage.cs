namespace Makapix.Footprint;

/// <summary>The largest that a part of the life got.</summary>
/// <param name="Name">Which part.</param>
/// <param name="Heap">What there was then.</param>
public sealed record FootprintStage(string Name, HeapWalk Heap);
