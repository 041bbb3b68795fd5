using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>What all tests of the line share, since it is slow to make and nothing changes it: a bundle, and an authority.</summary>
[TestClass]
public static class Workshop
{
    private static readonly Lazy<DirectoryInfo> Scratch = new(() => Directory.CreateTempSubdirectory("makapix-line-"));
    private static readonly Lazy<FirmwareBundle> SharedBundle = new(() => FirmwareBundle.Load(DemoBundleFolder()));
    private static readonly Lazy<CertificateAuthority> SharedAuthority = new(() => CertificateAuthority.Init(new CeremonyPlan(AuthorityFolder, AuthorityFolder + "-root"), "correct horse battery staple", "another horse battery staple"));

    private static readonly Lazy<Task<EspToolVersion>> InstalledVersion = new(() => EspTool.VersionAsync(new ProcessToolRunner(), CancellationToken.None));

    /// <summary>Of the real esptool on PATH: run ./makapix doctor if there is none.</summary>
    internal static Task<EspToolVersion> ToolVersion => InstalledVersion.Value;

    internal static FirmwareBundle Bundle => SharedBundle.Value;

    internal static CertificateAuthority Authority => SharedAuthority.Value;

    internal static string AuthorityFolder => Path.Combine(Scratch.Value.FullName, "authority");

    /// <summary>Where all lines of these tests lock their ports.</summary>
    internal static string LockFolder => Path.Combine(Scratch.Value.FullName, "ports");

    /// <summary>A path where nothing is, in what goes when all tests are done.</summary>
    internal static string NewPath() => Path.Combine(Scratch.Value.FullName, Path.GetRandomFileName());

    /// <summary>A new folder with the demo bundle in it, to be changed.</summary>
    internal static string DemoBundleFolder()
    {
        var folder = NewPath();
        DemoBundle.Create(folder);
        return folder;
    }

    /// <summary>The same for another chip.</summary>
    internal static string DemoBundleFolder(ChipProfile chip)
    {
        var folder = NewPath();
        DemoBundle.Create(folder, chip: chip);
        return folder;
    }

    [AssemblyCleanup]
    public static void CleanUp()
    {
        if (Scratch.IsValueCreated)
        {
            if (SharedAuthority.IsValueCreated)
            {
                Authority.Dispose();
            }

            Scratch.Value.Delete(recursive: true);
        }
    }
}
