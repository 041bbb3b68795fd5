namespace Makapix.Provisioning.Images;

/// <summary>Where an image goes, before it is built.</summary>
/// <param name="Name">What it is, as in <see cref="FlashImage.Name"/>.</param>
/// <param name="Address">Flash address.</param>
/// <param name="Length">Bytes, padded.</param>
public sealed record ImageArea(string Name, uint Address, int Length);
