using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using Makapix.Provisioning.Images;

namespace Makapix.Provisioning.Broker.Lint;

/// <summary>Reads the files of a broker that is there, and lists what is weak.</summary>
public static class BrokerLint
{
    private const int MaxBytes = 1024 * 1024;

    private static readonly string[] ComposeEnds = [".yml", ".yaml"];

    /// <summary>Looks at each file by itself.</summary>
    /// <param name="files">Paths.</param>
    /// <returns>By file and line.</returns>
    /// <exception cref="BrokerException">MKX-BROKER-028: a file is not one of a broker.</exception>
    public static ImmutableArray<LintFinding> Run(IEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return [.. files.SelectMany(file => Look(file, Read(file)).OrderBy(finding => finding.Line).ThenBy(finding => finding.Rule, StringComparer.Ordinal))];
    }

    private static IEnumerable<LintFinding> Look(string file, string text)
    {
        var lines = LintText.Of(file, text);
        return KindOf(lines) switch
        {
            LintFileKind.Configuration => ConfigurationLint.Look(lines),
            LintFileKind.AccessList => AccessListLint.Look(lines),
            LintFileKind.Passwords => PasswordLint.Look(lines),
            _ => ComposeLint.Look(file, text),
        };
    }

    private static LintFileKind KindOf(LintText text) =>
        ComposeEnds.Any(end => text.File.EndsWith(end, StringComparison.OrdinalIgnoreCase)) ? LintFileKind.Compose
        : text.Lines.Count == 0 ? throw NotOne(text.File)
        : text.Lines.All(AccessListLint.IsRule) ? LintFileKind.AccessList
        : text.Lines.All(PasswordLint.IsEntry) ? LintFileKind.Passwords
        : text.Lines.Any(ConfigurationLint.IsDirective) ? LintFileKind.Configuration
        : throw NotOne(text.File);

    private static string Read(string file)
    {
        var bytes = BoundedFile.Read(file, MaxBytes) ?? throw NotOne(file);
        return bytes.AsSpan().Contains((byte)0) ? throw NotOne(file) : Encoding.UTF8.GetString(bytes);
    }

    private static BrokerException NotOne(string file) =>
        new("028", $"'{Path.GetFileName(file)}' is no file of a broker.", "Name mosquitto.conf, an access list, a password file, or a compose file (.yml, .yaml).");
}
