namespace Makapix.Provisioning.Labels;

/// <summary>A line of text on a label; places are those of its first cell's upper left corner.</summary>
/// <param name="Text">ASCII.</param>
/// <param name="Left">Dots from the left edge.</param>
/// <param name="Top">Dots from the upper edge.</param>
internal sealed record LabelLine(string Text, int Left, int Top);
