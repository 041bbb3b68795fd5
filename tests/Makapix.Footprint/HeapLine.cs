namespace Makapix.Footprint;

/// <summary>What the objects of one class hold: themselves, and the arrays and strings that are reached through them first.</summary>
/// <param name="Owner">The class, or <see cref="HeapWalk.Statics"/>.</param>
/// <param name="Objects">How many objects, arrays and strings among them.</param>
/// <param name="Bytes">What they take.</param>
public sealed record HeapLine(string Owner, int Objects, int Bytes);
