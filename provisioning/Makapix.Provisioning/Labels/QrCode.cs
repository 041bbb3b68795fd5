using System;
using QRCoder;

namespace Makapix.Provisioning.Labels;

/// <summary>The code of a device: <c>makapix:</c> and its id. Always of one size, so that a label has a place for it.</summary>
internal static class QrCode
{
    /// <summary>Modules of white around the code, which readers need.</summary>
    public const int QuietZone = 4;

    /// <summary>Modules in a row, quiet zones and all: of version 4, which holds the 44 characters with 15 % to spare for damage.</summary>
    public const int Modules = 33 + (2 * QuietZone);

    private const int Version = 4;
    private const string Scheme = "makapix:";

    /// <summary>What is dark, by row and column.</summary>
    public static bool[,] Of(Guid device)
    {
        using var data = QRCodeGenerator.GenerateQrCode($"{Scheme}{device:D}", QRCodeGenerator.ECCLevel.M, requestedVersion: Version);
        var dark = new bool[Modules, Modules];
        for (var row = 0; row < Modules; row++)
        {
            for (var column = 0; column < Modules; column++)
            {
                dark[row, column] = data.ModuleMatrix[row][column];
            }
        }

        return dark;
    }
}
