using System;

namespace Makapix.VirtualEsp32.Power;

/// <summary>
/// What the chip runs on. A line must survive a board unplugged at the worst moment, so the moment can be chosen:
/// the chip asks before each operation that changes its state for good.
/// </summary>
public interface IPowerSupply
{
    /// <summary>Asked once before each operation, in the order in which they happen.</summary>
    /// <param name="operation">What is about to happen.</param>
    /// <returns><see langword="null"/>: power holds. Otherwise power goes during this operation, and what is left half done is drawn from here.</returns>
    Random? FailsDuring(PowerOperation operation);
}
