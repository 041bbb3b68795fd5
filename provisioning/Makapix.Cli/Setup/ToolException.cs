using System;

namespace Makapix.Cli.Setup;

/// <summary>A tool that is missing, too old, or could not be set up: <c>MKX-TOOL-NNN</c>.</summary>
internal sealed class ToolException(string number, string cause, string nextStep, Exception? inner = null)
    : MakapixException($"MKX-TOOL-{number}", cause, nextStep, inner);
