using System;

namespace Makapix.Cli;

/// <summary>A failure of the command line itself: <c>MKX-CLI-NNN</c>.</summary>
internal sealed class CliException(string number, string cause, string nextStep, Exception? inner = null)
    : MakapixException($"MKX-CLI-{number}", cause, nextStep, inner);
