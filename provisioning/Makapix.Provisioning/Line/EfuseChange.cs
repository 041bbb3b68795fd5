namespace Makapix.Provisioning.Line;

/// <summary>One row of an eFuse plan.</summary>
/// <param name="Name">Espressif's name.</param>
/// <param name="Action">What is done.</param>
/// <param name="Value">The field's new value; 0 for anything but <see cref="EfuseAction.Value"/>.</param>
/// <param name="Reversible">Whether what it does can be undone by burning more. The bit itself never can.</param>
/// <param name="Why">The reason, for the operator and the auditor.</param>
public sealed record EfuseChange(string Name, EfuseAction Action, uint Value, bool Reversible, string Why);
