using System;

namespace Makapix.VirtualEsp32.Power;

/// <summary>The chip has lost its power: it answers nothing more, and its state directory holds what was done by then.</summary>
public sealed class PowerLostException(PowerOperation operation)
    : Exception($"Power was cut during one {Describe(operation)}.")
{
    /// <summary>What was left half done.</summary>
    public PowerOperation Operation { get; } = operation;

    private static string Describe(PowerOperation operation) => operation switch
    {
        PowerOperation.SectorErase => "flash sector erase",
        PowerOperation.PageProgram => "flash page program",
        _ => "eFuse block burn",
    };
}
