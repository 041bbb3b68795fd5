using System;

namespace Makapix.Cli.Demo;

/// <summary>A check saw what must not be.</summary>
internal sealed class CheckFailedException(string seen) : Exception(seen);
