using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Broker;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Support;

/// <summary>What most commands need to get anywhere, made once by the commands themselves: an authority, a bundle, a broker and its operator, a provisioned chip. Tests read it only.</summary>
[TestClass]
public sealed class Workbench
{
    internal const string Passphrase = "correct horse battery";

    private static readonly Scratch Scratch = new();
    private static readonly Lazy<Task<string>> LazyAuthority = new(MakeAuthorityAsync);
    private static readonly Lazy<Task<string>> LazyBundle = new(MakeBundleAsync);
    private static readonly Lazy<Task<string>> LazyOperator = new(MakeOperatorAsync);
    private static readonly Lazy<Task<MosquittoProcess>> LazyBroker = new(StartBrokerAsync);
    private static readonly Lazy<Task<string>> LazyChip = new(MakeChipAsync);
    private static readonly IPEndPoint Listen = new(IPAddress.Loopback, FreePort.Pick());

    /// <summary>Folder of the authority.</summary>
    internal static Task<string> AuthorityAsync() => LazyAuthority.Value;

    /// <summary>Folder of the firmware bundle.</summary>
    internal static Task<string> BundleAsync() => LazyBundle.Value;

    /// <summary>Folder of the credential with which first boots are watched.</summary>
    internal static Task<string> OperatorAsync() => LazyOperator.Value;

    /// <summary>The broker of all devices that are made here, running, as <c>--broker</c> takes it.</summary>
    internal static async Task<string> BrokerAsync()
    {
        await LazyBroker.Value;
        return $"localhost:{Listen.Port}";
    }

    /// <summary>Folder of a chip that is a device of that broker already. Copy it to run it.</summary>
    internal static Task<string> FusedChipAsync() => LazyChip.Value;

    /// <summary>The arguments of <c>device provision</c> that are the same for all.</summary>
    internal static async Task<string[]> ProvisionAsync(string port, string state) =>
        ["device", "provision", "--port", port, "--bundle", await BundleAsync(), "--authority", await AuthorityAsync(), "--broker", await BrokerAsync(), "--operator", await OperatorAsync(), "--state", state, "--passphrase-fd", "0"];

    internal static CliStart WithPassphrase { get; } = new() { Input = Passphrase + "\n" };

    [AssemblyCleanup]
    public static async Task End()
    {
        if (LazyBroker.IsValueCreated)
        {
            await (await LazyBroker.Value).DisposeAsync();
        }

        Scratch.Dispose();
    }

    private static async Task<string> MakeAuthorityAsync()
    {
        (await NewAuthority.MakeAsync(Scratch, "ca")).Succeeded();
        NewAuthority.MakeKeysCheap(Scratch.At("ca"));
        return Scratch.At("ca");
    }

    private static async Task<string> MakeBundleAsync()
    {
        (await Shell.RunAsync("bundle", "demo", "--out", Scratch.At("bundle"))).Succeeded();
        return Scratch.At("bundle");
    }

    private static async Task<string> MakeOperatorAsync()
    {
        (await Shell.RunAsync(WithPassphrase, "ca", "issue-operator", "--dir", await AuthorityAsync(), "--name", "station", "--out", Scratch.At("operator"), "--passphrase-fd", "0")).Succeeded();
        return Scratch.At("operator");
    }

    private static async Task<MosquittoProcess> StartBrokerAsync()
    {
        (await Shell.RunAsync(WithPassphrase, "ca", "issue-broker", "--dir", await AuthorityAsync(), "--host", "localhost", "--out", Scratch.At("broker"), "--passphrase-fd", "0")).Succeeded();
        return await MosquittoProcess.StartAsync(new MosquittoOptions(Scratch.At("broker"), Listen, PlayerAcl.Text(["op_station"])), CancellationToken.None);
    }

    private static async Task<string> MakeChipAsync()
    {
        await using var chip = await ChipOnPort.StartAsync(Scratch.At("chip"));
        (await Shell.RunAsync(WithPassphrase, await ProvisionAsync(chip.Port, Scratch.At("state")))).Succeeded();
        await chip.StopAsync();
        return Scratch.At("chip");
    }
}
