using System;
using System.IO;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Labels;

/// <summary>Draws labels, and writes them beside a device's record.</summary>
public static class DeviceLabel
{
    /// <summary>A label as a file holds it.</summary>
    /// <param name="content">What it tells.</param>
    /// <param name="size">How large it is, and what is on it.</param>
    /// <param name="format">What it is drawn as.</param>
    public static byte[] Draw(LabelContent content, LabelSize size, LabelFormat format)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(size);
        var layout = LabelLayout.Of(size, content);
        return format == LabelFormat.Png ? PngLabel.Draw(layout) : PdfLabel.Draw(layout);
    }

    /// <summary>Writes a label as <c>ID.label.png</c> or <c>.pdf</c>.</summary>
    /// <param name="content">What it tells.</param>
    /// <param name="size">How large it is, and what is on it.</param>
    /// <param name="format">What it is drawn as.</param>
    /// <param name="folder">Where; it must be there.</param>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static string Write(LabelContent content, LabelSize size, LabelFormat format, string folder)
    {
        ArgumentNullException.ThrowIfNull(content);
        var path = Path.Combine(folder, $"{content.Id:D}.label.{format.ToString().ToLowerInvariant()}");
        DurableFile.Replace(path, Draw(content, size, format), DurableFile.Private);
        return path;
    }
}
