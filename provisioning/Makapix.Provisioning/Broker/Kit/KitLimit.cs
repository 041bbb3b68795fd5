namespace Makapix.Provisioning.Broker.Kit;

/// <summary>A limit and where it comes from: the reason is written beside the number.</summary>
/// <param name="Name">As files and errors call it.</param>
/// <param name="Value">The number.</param>
/// <param name="Why">One sentence without its full stop.</param>
public sealed record KitLimit(string Name, int Value, string Why)
{
    /// <summary>The owner's number if there is one, else the derived one.</summary>
    internal static KitLimit Of(string name, int? chosen, int derived, string why) =>
        chosen is { } value ? new KitLimit(name, value, $"set in the description; {derived} would be derived: {why}") : new KitLimit(name, derived, why);
}
