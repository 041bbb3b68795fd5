namespace Makapix.Provisioning.Chips;

/// <summary>How the chip gets into its ROM loader before a tool talks to it (esptool's <c>--before</c>).</summary>
public enum ResetMode
{
    /// <summary>It is there already: nothing is done.</summary>
    NoReset,

    /// <summary>By the DTR and RTS lines of the serial port.</summary>
    DefaultReset,
}
