using System;

namespace Makapix.Provisioning.Chips;

/// <summary>A failure of a chip, or of the tool that talks to it: <c>MKX-CHIP-NNN</c>.</summary>
public sealed class ChipException(string number, string cause, string nextStep, Exception? inner = null)
    : MakapixException($"MKX-CHIP-{number}", cause, nextStep, inner);
