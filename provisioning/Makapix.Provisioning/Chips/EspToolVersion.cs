using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Makapix.Provisioning.Chips;

/// <summary>Version of esptool, espefuse or espsecure: they are one package.</summary>
/// <param name="Major">First number.</param>
/// <param name="Minor">Second number.</param>
/// <param name="Patch">Third number; 0 if it has none.</param>
public readonly partial record struct EspToolVersion(int Major, int Minor, int Patch) : IComparable<EspToolVersion>
{
    /// <summary>The oldest version the line drives: the first with every revision check that it relies on.</summary>
    public static readonly EspToolVersion Oldest = new(4, 7, 0);

    /// <summary>Finds the banner, <c>esptool.py v4.7.0</c> or <c>esptool v5.1.0</c>, that every call prints first; null if there is none.</summary>
    public static EspToolVersion? FromBanner(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        foreach (var line in lines)
        {
            if (Banner().Match(line) is { Success: true } match)
            {
                return new EspToolVersion(Number(match.Groups[1]), Number(match.Groups[2]), match.Groups[3].Success ? Number(match.Groups[3]) : 0);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public int CompareTo(EspToolVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary><c>4.7.0</c>.</summary>
    public override string ToString() => $"{Major}.{Minor}.{Patch}";

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^esp(?:tool|efuse|secure)(?:\.py)? v(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?", RegexOptions.CultureInvariant)]
    private static partial Regex Banner();
}
