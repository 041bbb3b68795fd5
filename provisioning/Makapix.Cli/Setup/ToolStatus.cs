using System;

namespace Makapix.Cli.Setup;

/// <summary>What was found of a <see cref="RequiredTool"/>.</summary>
/// <param name="Tool">Which.</param>
/// <param name="Path">Where it is; null if it is not there.</param>
/// <param name="Version">What it says of itself; null if it does not tell.</param>
/// <param name="Problem">Why it will not do; null if it will.</param>
internal sealed record ToolStatus(RequiredTool Tool, string? Path, Version? Version, string? Problem)
{
    public bool Usable => Problem is null;
}
