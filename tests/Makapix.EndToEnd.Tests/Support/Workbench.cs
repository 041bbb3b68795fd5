using System;
using System.Threading.Tasks;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Support;

/// <summary>What most commands need to get anywhere, made once by the commands themselves: an authority, a bundle, a provisioned chip. Tests read it only.</summary>
[TestClass]
public sealed class Workbench
{
    internal const string Passphrase = "correct horse battery";

    private static readonly Scratch Scratch = new();
    private static readonly Lazy<Task<string>> LazyAuthority = new(MakeAuthorityAsync);
    private static readonly Lazy<Task<string>> LazyBundle = new(MakeBundleAsync);
    private static readonly Lazy<Task<string>> LazyChip = new(MakeChipAsync);

    /// <summary>Folder of the authority.</summary>
    internal static Task<string> AuthorityAsync() => LazyAuthority.Value;

    /// <summary>Folder of the firmware bundle.</summary>
    internal static Task<string> BundleAsync() => LazyBundle.Value;

    /// <summary>Folder of a chip that is a device already, of the broker <c>localhost:1</c>, where nobody listens. Copy it to run it.</summary>
    internal static Task<string> FusedChipAsync() => LazyChip.Value;

    /// <summary>The arguments of <c>device provision</c> that are the same for all.</summary>
    internal static async Task<string[]> ProvisionAsync(string port, string state) =>
        ["device", "provision", "--port", port, "--bundle", await BundleAsync(), "--authority", await AuthorityAsync(), "--broker", "localhost:1", "--state", state, "--passphrase-fd", "0"];

    internal static CliStart WithPassphrase { get; } = new() { Input = Passphrase + "\n" };

    [AssemblyCleanup]
    public static void End() => Scratch.Dispose();

    private static async Task<string> MakeAuthorityAsync()
    {
        (await NewAuthority.MakeAsync(Scratch, "ca")).Succeeded();
        return Scratch.At("ca");
    }

    private static async Task<string> MakeBundleAsync()
    {
        (await Shell.RunAsync("bundle", "demo", "--out", Scratch.At("bundle"))).Succeeded();
        return Scratch.At("bundle");
    }

    private static async Task<string> MakeChipAsync()
    {
        await using var chip = await ChipOnPort.StartAsync(Scratch.At("chip"));
        (await Shell.RunAsync(WithPassphrase, await ProvisionAsync(chip.Port, Scratch.At("state")))).Succeeded();
        await chip.StopAsync();
        return Scratch.At("chip");
    }
}
