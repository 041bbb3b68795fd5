namespace Makapix.Provisioning.Labels;

/// <summary>What a label is drawn as.</summary>
public enum LabelFormat
{
    /// <summary>A picture, a pixel for each dot of the printer.</summary>
    Png,

    /// <summary>A page.</summary>
    Pdf,
}
