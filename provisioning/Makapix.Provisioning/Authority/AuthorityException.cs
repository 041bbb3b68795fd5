using System;

namespace Makapix.Provisioning.Authority;

/// <summary>A failure of the internal CA: <c>MKX-CA-NNN</c>.</summary>
public sealed class AuthorityException(string number, string cause, string nextStep, Exception? inner = null)
    : MakapixException($"MKX-CA-{number}", cause, nextStep, inner);
