using System;
using System.Collections.Generic;
using System.IO;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Tests.Images;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>What all tests of the line share, since it is slow to make and nothing changes it: a bundle, and an authority.</summary>
[TestClass]
public static class Workshop
{
    private static readonly Lazy<DirectoryInfo> Scratch = new(() => Directory.CreateTempSubdirectory("makapix-line-"));
    private static readonly Lazy<FirmwareBundle> SharedBundle = new(() => FirmwareBundle.Load(DemoBundleFolder()));
    private static readonly Lazy<CertificateAuthority> SharedAuthority = new(() => CertificateAuthority.Init(AuthorityFolder, "correct horse battery staple"));

    internal static FirmwareBundle Bundle => SharedBundle.Value;

    internal static CertificateAuthority Authority => SharedAuthority.Value;

    /// <summary>The images of some other device: all but the last are the same for every device.</summary>
    internal static IReadOnlyList<FlashImage> OtherImages
    {
        get
        {
            using var identity = SampleIdentity.Create();
            return Bundle.BuildImages(identity.Encode());
        }
    }

    internal static string AuthorityFolder => Path.Combine(Scratch.Value.FullName, "authority");

    /// <summary>A new folder with the demo bundle in it, to be changed.</summary>
    internal static string DemoBundleFolder()
    {
        var folder = Path.Combine(Scratch.Value.FullName, Path.GetRandomFileName());
        DemoBundle.Create(folder);
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
