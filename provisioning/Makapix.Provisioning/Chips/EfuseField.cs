namespace Makapix.Provisioning.Chips;

/// <summary>One eFuse field of BLOCK0, or a field that espefuse derives.</summary>
/// <param name="Name">Espressif's name.</param>
/// <param name="Value">Its number (a flag is 0 or 1); null if it cannot be read, or is told in words and BLOCK0 is not shown.</param>
/// <param name="Text">espefuse's words for it, if it has them.</param>
public sealed record EfuseField(string Name, uint? Value, string? Text);
