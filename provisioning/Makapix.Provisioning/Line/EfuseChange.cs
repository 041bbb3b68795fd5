using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.Provisioning.Line;

/// <summary>One row of an eFuse plan.</summary>
/// <param name="Call">Which call of espefuse burns it, from 1.</param>
/// <param name="Name">Espressif's name.</param>
/// <param name="Action">What is done.</param>
/// <param name="Value">The field's new value; 0 for a key and a write protection.</param>
/// <param name="Reversible">Whether what it does can be undone by burning more. The bit itself never can.</param>
/// <param name="Why">The reason, for the operator and the auditor.</param>
public sealed record EfuseChange(int Call, string Name, EfuseAction Action, uint Value, bool Reversible, string Why)
{
    /// <summary>The value in espefuse's words; null if it has none.</summary>
    public string? Words { get; init; }
}
