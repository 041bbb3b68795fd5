using System;

namespace Makapix.VirtualEsp32;

/// <summary>A failure of a virtual chip, of its state directory or of its boot: <c>MKX-VCHIP-NNN</c>.</summary>
public sealed class VirtualChipException(string number, string cause, string nextStep, Exception? inner = null)
    : MakapixException($"MKX-VCHIP-{number}", cause, nextStep, inner);
