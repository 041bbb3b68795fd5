using System;

namespace Makapix;

/// <summary>
/// A failure that a person can act on: a stable code, what happened, and the next step. Each area derives its own type.
/// The text never holds a secret: it reaches consoles, logs and journals.
/// </summary>
public abstract class MakapixException : Exception
{
    /// <summary>Creates the failure. Its <see cref="Exception.Message"/> reads <c>CODE: what happened. What to do.</c></summary>
    /// <param name="code">Stable code, <c>MKX-AREA-NNN</c>.</param>
    /// <param name="cause">What happened, one sentence with its full stop.</param>
    /// <param name="nextStep">What to do now, one sentence with its full stop.</param>
    /// <param name="inner">The failure underneath, for debuggers; never shown to the user.</param>
    protected MakapixException(string code, string cause, string nextStep, Exception? inner = null)
        : base($"{code}: {cause} {nextStep}", inner)
    {
        Code = code;
        Cause = cause;
        NextStep = nextStep;
    }

    /// <summary>Stable code, <c>MKX-AREA-NNN</c>: scripts may match on it.</summary>
    public string Code { get; }

    /// <summary>What happened.</summary>
    public string Cause { get; }

    /// <summary>What to do now.</summary>
    public string NextStep { get; }
}
