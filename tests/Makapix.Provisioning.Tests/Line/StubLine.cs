using System;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Serial;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Tests.Ledger;
using Makapix.Provisioning.Tests.Line.FirstBoots;
using Makapix.Testing;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>The line and a stub of a board, with a ledger of its own to be tampered with, or that of the authority, in which a device can be recorded.</summary>
internal sealed class StubLine : IDisposable
{
    private readonly Scratch _scratch = new();

    public StubBoard Board { get; } = new();

    /// <summary>A ledger of its own. The authority's does not know it, so no run gets behind the burn with it.</summary>
    public LedgerBench? Own { get; init; }

    /// <summary>Who issues; that of all tests, or one whose disk a test has in its hand.</summary>
    public CertificateAuthority Authority { get; init; } = Workshop.Authority;

    private DeviceLedger Ledger => Own?.Ledger ?? Authority.Ledger;

    public RecordingProgress Progress { get; } = new();

    public ScriptedWatch Watch { get; } = new();

    /// <summary>The serial line of the board.</summary>
    public ScriptedLine Serial { get; set; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Which entries of the journal the line still writes; null for all.</summary>
    public Predicate<JournalEntry>? Keeps { get; init; }

    public string State => _scratch.At("state");

    public ProvisioningRequest Request => new(ChipPort.Parse("socket://127.0.0.1:1"), Workshop.Bundle, "broker.makapix.test", 8883, State);

    /// <summary>What the journal says of the board.</summary>
    public JournalEntry[] Journal
    {
        get
        {
            using var view = Ledger.Read();
            return [.. view.Journal(Board.Mac)];
        }
    }

    public Task<ProvisionedDevice> RunAsync() => RunAsync(Request);

    public Task<ProvisionedDevice> RunAsync(ProvisioningRequest request) =>
        new ProvisioningLine(Tools, Authority, Watch, Clock) { LockFolder = _scratch.At("ports"), Ledger = Ledger, OpenLine = (_, _) => Task.FromResult<ISerialLine>(Serial), Silence = TimeSpan.Zero, Keeps = Keeps }
            .RunAsync(request, Progress, default);

    /// <summary>What <c>device resume</c> finds.</summary>
    public Task<Unfinished> FindAsync() => FindAsync(Request.Bundle);

    /// <summary>The same with a bundle that may be another.</summary>
    public Task<Unfinished> FindAsync(FirmwareBundle bundle) => new LineResume(Tools, Ledger) { LockFolder = _scratch.At("ports") }.FindAsync(Request.Port, bundle, State, default);

    public Task<LinePreview> RehearseAsync(ProvisioningRequest? request = null) =>
        new LineRehearsal(Tools, Ledger) { LockFolder = _scratch.At("ports") }.RunAsync(request ?? Request, default);

    /// <summary>Writes into the board's journal, as an earlier run would have.</summary>
    public void Write(params JournalEntry[] entries)
    {
        using var journal = LineJournal.Open(Ledger, Board.Mac);
        foreach (var entry in entries)
        {
            journal.Write(entry);
        }
    }

    public void Dispose()
    {
        Own?.Dispose();
        _scratch.Dispose();
    }

    private EspTools Tools => new(Board, EspToolVersion.Oldest);
}
