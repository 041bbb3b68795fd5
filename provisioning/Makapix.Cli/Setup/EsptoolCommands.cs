using System;
using System.Collections.Generic;

namespace Makapix.Cli.Setup;

/// <summary>How Espressif's three programs are started.</summary>
/// <param name="CommandOf">The words that start the program of that name, without its arguments.</param>
/// <param name="Environment">Variables that they need.</param>
internal sealed record EsptoolCommands(Func<string, string[]> CommandOf, IReadOnlyDictionary<string, string> Environment)
{
    public static readonly string[] Programs = ["esptool", "espefuse", "espsecure"];

    /// <summary>Programs that need no variables.</summary>
    public EsptoolCommands(Func<string, string[]> commandOf)
        : this(commandOf, new Dictionary<string, string>())
    {
    }
}
