namespace Makapix.Provisioning.Line;

/// <summary>What is unfinished of a board.</summary>
/// <param name="What">For people.</param>
public sealed record Unfinished(string What)
{
    /// <summary>What finishes it, without the Wi-Fi password, which is written down nowhere; null if there is nothing to finish.</summary>
    public ProvisioningRequest? Request { get; init; }

    /// <summary>Whether all begins again: then the Wi-Fi password is needed.</summary>
    public bool StartsOver { get; init; }
}
