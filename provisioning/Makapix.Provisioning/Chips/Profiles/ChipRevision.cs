namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>A wafer revision, <c>v3.0</c>, and why none before it.</summary>
/// <param name="Major">Before the dot.</param>
/// <param name="Minor">Behind the dot.</param>
/// <param name="Why">What is wrong with an older one.</param>
public sealed record ChipRevision(int Major, int Minor, string Why)
{
    /// <summary>Whether a chip is this revision or a newer one.</summary>
    public bool Allows(ChipInspection chip) => (chip.MajorRevision, chip.MinorRevision).CompareTo((Major, Minor)) >= 0;
}
