using System;

namespace Makapix.Provisioning.Images;

/// <summary>A failure of an image, a partition table or a bundle: <c>MKX-IMAGE-NNN</c>.</summary>
public sealed class ImageException(string number, string cause, string nextStep, Exception? inner = null)
    : MakapixException($"MKX-IMAGE-{number}", cause, nextStep, inner);
