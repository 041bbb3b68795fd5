namespace Makapix.Device.Host.Schemas;

/// <summary>One property of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Node">What its value must satisfy.</param>
/// <param name="Required">Whether it must be there.</param>
/// <param name="Refined">Whether a branch of oneOf demands more of it.</param>
internal sealed record PropertyRule(string Name, SchemaNode Node, bool Required, bool Refined = false);
