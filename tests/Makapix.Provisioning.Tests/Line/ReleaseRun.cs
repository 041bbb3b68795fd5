using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Line;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>One whole run under the default policy, looked at by several tests.</summary>
internal sealed class ReleaseRun : IAsyncDisposable
{
    private ReleaseRun()
    {
    }

    public LineBench Bench { get; } = new();

    public ProvisionedDevice Device { get; private set; } = null!;

    /// <summary>The key as espefuse was given it.</summary>
    public byte[] KeyGiven { get; private set; } = [];

    /// <summary>The steps of the run; more are in the bench's list once another is begun.</summary>
    public string[] Steps { get; private set; } = [];

    /// <summary>The calls of the run.</summary>
    public ToolCommand[] Calls { get; private set; } = [];

    /// <summary>Its plan.</summary>
    public ProvisioningPlan Plan { get; private set; } = null!;

    /// <summary>Every file of the line's folder at the moment esptool was called to write.</summary>
    public Dictionary<string, byte[]> FilesAtWrite { get; private set; } = [];

    /// <summary>The files of the ledger at that moment.</summary>
    public Dictionary<string, byte[]> LedgerAtWrite { get; private set; } = [];

    /// <summary>What the journal said at that moment.</summary>
    public IReadOnlyList<JournalEntry> JournalAtWrite { get; private set; } = [];

    public static async Task<ReleaseRun> CreateAsync()
    {
        var run = new ReleaseRun();
        run.Bench.Runner.Before = run.Watch;
        run.Device = await run.Bench.ProvisionAsync();
        (run.Steps, run.Calls, run.Plan) = ([.. run.Bench.Progress.Steps], [.. run.Bench.Runner.Calls], run.Bench.Progress.Plan!);
        return run;
    }

    /// <summary>The identity blob, decrypted out of the flash.</summary>
    public byte[] ReadBlob()
    {
        var deploy = Plan.Images.Single(i => i.Name == "deploy");
        var bytes = Bench.Flash(deploy.Address, deploy.Length);
        using var cipher = new Esp32FlashCipher(KeyGiven);
        cipher.Decrypt(bytes, deploy.Address);
        return IdentityTemplate.Read(DeploymentImage.Walk(bytes).Single(a => a.Pe.Name == "Makapix.Device.Identity").Bytes.Span);
    }

    public ValueTask DisposeAsync() => Bench.DisposeAsync();

    /// <summary>The files of the ledger, as any other program on the machine reads them.</summary>
    public static Dictionary<string, byte[]> ReadLedger() => Directory.GetFiles(Workshop.AuthorityFolder, "ledger.db*").ToDictionary(f => f, LockedFile.Read);

    private void Watch(ToolCommand call)
    {
        KeyGiven = call.Secret.IsEmpty ? KeyGiven : call.Secret.ToArray();
        if (call.Word() == "write_flash")
        {
            FilesAtWrite = Directory.GetFiles(Bench.State, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllBytes);
            LedgerAtWrite = ReadLedger();
            JournalAtWrite = Bench.Journal;
        }
    }
}
