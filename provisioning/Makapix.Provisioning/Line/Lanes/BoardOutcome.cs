namespace Makapix.Provisioning.Line.Lanes;

/// <summary>How it went with one board.</summary>
public enum BoardOutcome
{
    /// <summary>It became a device.</summary>
    Passed,

    /// <summary>It was one already.</summary>
    Already,

    /// <summary>It became none.</summary>
    Failed,

    /// <summary>It was left as it was when the shift ended.</summary>
    Interrupted,
}
