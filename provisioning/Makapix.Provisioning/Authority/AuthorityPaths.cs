using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Makapix.Provisioning.Authority;

/// <summary>Where things lie in an authority's folder; <c>certs/README.md</c> shows the whole.</summary>
internal sealed record AuthorityPaths(string Folder)
{
    /// <summary>Certificate and, in the root's own folder, key of the root.</summary>
    public const string RootName = "root";

    private const string Ceremony = "ceremony-";

    public string RootCertificate => Path.Combine(Folder, RootName + ".crt");

    public string RootCrl => Path.Combine(Folder, RootName + ".crl");

    /// <summary>Without the extension, as key stores want it.</summary>
    public string DeviceSecret => Path.Combine(Folder, "device-secret");

    /// <summary>One file for each credential that is being written right now.</summary>
    public string Pending => Path.Combine(Folder, "pending");

    /// <summary>Without the extension.</summary>
    public string Of(CaGeneration generation) => Path.Combine(Folder, generation.Name);

    public string Certificate(CaGeneration generation) => Of(generation) + ".crt";

    /// <summary>There while a generation is being made: without it, a certificate that the ledger does not know is somebody else's.</summary>
    public string Marker(CaGeneration generation) => Of(generation) + ".new";

    /// <summary>What a ceremony signed, before and until the ledger has it and all of it is in its place.</summary>
    public string RootWork => Path.Combine(Folder, "root-work.new");

    /// <summary>The records of all ceremonies, oldest first.</summary>
    public string[] Ceremonies() => [.. Directory.GetFiles(Folder, Ceremony + "*.cms").Order()];

    /// <summary>The next record of a ceremony: its number is above those that are there, whatever was deleted of them.</summary>
    public string NextCeremony() => Path.Combine(Folder, $"{Ceremony}{Ceremonies().Select(NumberOf).DefaultIfEmpty(0).Max() + 1:0000}.cms");

    private static int NumberOf(string path) => int.TryParse(Path.GetFileNameWithoutExtension(path.AsSpan())[Ceremony.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
