using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Makapix.Provisioning.Authority;

/// <summary>One of the keys that an authority has one after another for the same work: <c>devices-issuing-g2</c> is the second devices issuing CA.</summary>
/// <param name="Kind">What its certificate is: an issuing CA, or the audit signer.</param>
/// <param name="Number">1 for the first.</param>
public readonly record struct CaGeneration(CertificateKind Kind, int Number)
{
    /// <summary>The kinds that have generations.</summary>
    internal static readonly CertificateKind[] Kinds = [CertificateKind.DevicesIssuing, CertificateKind.ServicesIssuing, CertificateKind.AuditSigner];

    /// <summary>Name of its files, without extension.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{CertificateKindNames.NameOf(Kind)}-g{Number}");

    /// <summary>The generation of that name; false if it is none.</summary>
    public static bool TryParse(string name, out CaGeneration generation)
    {
        generation = default;
        if (name.LastIndexOf("-g", StringComparison.Ordinal) is var at && at > 0 && int.TryParse(name.AsSpan(at + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            generation = new CaGeneration(Kinds.FirstOrDefault(kind => name[..at] == CertificateKindNames.NameOf(kind)), number);
        }

        return generation.Name == name;
    }

    /// <summary>Every generation that has a file with that extension in the folder, oldest first.</summary>
    internal static CaGeneration[] In(string folder, string extension) =>
        [.. Directory.EnumerateFiles(folder, "*-g*" + extension)
            .Select(file => (Known: TryParse(Path.GetFileNameWithoutExtension(file), out var one), One: one))
            .Where(file => file.Known)
            .Select(file => file.One)
            .OrderBy(one => one.Kind).ThenBy(one => one.Number)];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
