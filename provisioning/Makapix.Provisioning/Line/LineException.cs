using System;

namespace Makapix.Provisioning.Line;

/// <summary>A failure of the provisioning line: <c>MKX-LINE-NNN</c>.</summary>
public sealed class LineException(string number, string cause, string nextStep, Exception? inner = null)
    : MakapixException($"MKX-LINE-{number}", cause, nextStep, inner);
