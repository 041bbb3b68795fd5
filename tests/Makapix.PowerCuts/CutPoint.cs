using Makapix.VirtualEsp32.Power;

namespace Makapix.PowerCuts;

/// <summary>Where the power goes.</summary>
/// <param name="Operation">Inside which kind of operation.</param>
/// <param name="Number">The how manieth of its kind since the chip was switched on, from 1.</param>
/// <param name="Seed">Decides what is left half done.</param>
public sealed record CutPoint(PowerOperation Operation, int Number, int Seed)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Operation} {Number}, seed {Seed}";
}
