namespace Makapix.Benchmarks;

/// <summary>What a leaf took, by who made it.</summary>
internal sealed class LeafTimes
{
    /// <summary>Key, signature, verification.</summary>
    public Samples Signed { get; } = new();

    /// <summary>Key, bare certificate, verification.</summary>
    public Samples Certified { get; } = new();

    /// <summary>The authority's pipeline.</summary>
    public Samples Issued { get; } = new();

    /// <summary>The authority, with its ledger on the disk.</summary>
    public Samples Recorded { get; } = new();

    /// <summary>openssl's processes.</summary>
    public Samples Openssl { get; } = new();
}
