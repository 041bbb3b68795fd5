using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Line.FirstBoots;
using Makapix.Provisioning.Secrets;

namespace Makapix.Provisioning.Line;

/// <summary>What the steps of one run share. Each step finds here what earlier ones left; to read what is not there yet is a defect.</summary>
internal sealed class LineContext(ProvisioningRequest request, EspTools tools, CertificateAuthority? authority, DeviceLedger ledger, TimeProvider clock, ILineProgress progress, FirstBootTools? boot = null) : IDisposable
{
    private const string NeverIssued = "MKX-CA-030";
    private const string RevokedAlready = "MKX-CA-031";

    private readonly List<StepReport> _reports = [];

    public ProvisioningRequest Request { get; } = request;

    public ChipTools Tools { get; } = tools.For(request.Bundle.Chip);

    /// <summary>Issues and revokes. A rehearsal has none: it needs no passphrase, and cannot issue.</summary>
    public CertificateAuthority Authority => authority ?? throw NotYet();

    public DeviceLedger Ledger { get; } = ledger;

    /// <summary>Sees and hears the first boot. A rehearsal has none: it boots nothing.</summary>
    public FirstBootTools Boot => boot ?? throw NotYet();

    public ILineProgress Progress { get; } = progress;

    /// <summary>Which entries of the journal are written; null for all.</summary>
    public Predicate<JournalEntry>? Keeps { get; init; }

    /// <summary>This run, in the journal.</summary>
    public Guid Run { get; } = Guid.NewGuid();

    /// <summary>What was done so far.</summary>
    public IReadOnlyList<StepReport> Reports => _reports;

    /// <summary>The chip as it was found.</summary>
    public ChipInspection Chip { get => field ?? throw NotYet(); set; }

    /// <summary>Its eFuses as they were last read.</summary>
    public EfuseSummary Efuses { get => field ?? throw NotYet(); set; }

    /// <summary>The board's journal; null until the board is known.</summary>
    public LineJournal? Journal { get; set; }

    /// <summary>Where the run begins.</summary>
    public StartingPoint Start { get => field ?? throw NotYet(); set; }

    /// <summary>Whether only the burn of an earlier run is finished: flash is written, the identity is in it.</summary>
    public bool Resumes => Start.Unfinished is not null;

    /// <summary>What is burned.</summary>
    public EfusePlan EfusePlan { get; } = EfusePlan.For(request.Bundle.Chip, request.Policy, request.Bundle.SigningKeyDigest);

    /// <summary>All that is done.</summary>
    public ProvisioningPlan Plan { get => field ?? throw NotYet(); set; }

    /// <summary>Whom the board becomes.</summary>
    public Guid? DeviceId { get; set; }

    /// <summary>Serial number of the device's certificate; drawn before that is issued.</summary>
    public string? Serial { get; set; }

    /// <summary>When that ends; null until it is issued.</summary>
    public DateTimeOffset? NotAfter { get; set; }

    /// <summary>Its secrets, while the images are built.</summary>
    public DeviceIdentityMaterial? Identity { get; set; }

    /// <summary>What goes into flash: plaintext, then ciphertext in the same bytes.</summary>
    public ImmutableArray<FlashImage> Images { get; set; } = [];

    /// <summary>
    /// The flash key: pinned, so that the collector leaves no copies of it. Zero before it is made and after the first boot was seen: until then whoever mends the board
    /// may need it, and nobody can read it back out of the chip.
    /// </summary>
    public byte[] FlashKey => field ??= SecretBytes.Allocate(EfusePlan.Cipher.KeyLength);

    /// <summary>SHA-256 of each 32 bytes of the flash key, as in <see cref="JournalEntry.KeyHash"/>.</summary>
    public string? KeyHash { get; set; }

    /// <summary>Whether anything may have been burned: from here on the identity belongs to the board.</summary>
    public bool BurnBegun { get; set; }

    /// <summary>How the device was first seen.</summary>
    public FirstBoot? FirstBoot { get; set; }

    /// <summary>The result.</summary>
    public ProvisionedDevice Device { get => field ?? throw NotYet(); set; }

    public TimeProvider Clock => clock;

    public DateTimeOffset Now => clock.GetUtcNow();

    public long Timestamp => clock.GetTimestamp();

    public TimeSpan Since(long timestamp) => clock.GetElapsedTime(timestamp);

    public void Add(StepReport report) => _reports.Add(report);

    /// <summary>Puts an entry into the journal, with all that is known by now.</summary>
    public void Record(string step, JournalEvent happened, string? reason = null) => Journal?.Write(new JournalEntry(Now, Run, step, happened)
    {
        DeviceId = DeviceId,
        Serial = Serial,
        NotAfter = NotAfter,
        KeyHash = KeyHash,
        Reason = reason,
        Plan = (step, happened) == (StepNames.Plan, JournalEvent.Done) ? Plan : null,
        Batch = (step, happened) == (StepNames.Plan, JournalEvent.Done) ? Request.Batch : null,
        PlanHash = (step, happened) == (StepNames.Plan, JournalEvent.Done) ? Plan.Hash() : null,
    });

    /// <summary>Ends an identity that is on no device, at the authority and in the journal.</summary>
    /// <param name="unused">The identity.</param>
    /// <param name="keyIsExposed">Whether somebody who has the board may come to its private key.</param>
    public void Void(BoardIdentity unused, bool keyIsExposed = false)
    {
        // By its serial alone: under the same device id another board may hold a good certificate.
        try
        {
            Authority.Revoke(unused.Serial!, keyIsExposed ? X509RevocationReason.KeyCompromise : X509RevocationReason.CessationOfOperation);
        }
        catch (AuthorityException e) when (e.Code == RevokedAlready || (e.Code == NeverIssued && unused.NotAfter is null))
        {
            // By the run that failed, which then could not write it down; or the run died, or was refused, before it was signed.
        }

        Journal?.Write(new JournalEntry(Now, Run, StepNames.Identity, JournalEvent.Voided) { DeviceId = unused.DeviceId, Serial = unused.Serial });
    }

    /// <summary>The same of the identity that this run has issued.</summary>
    /// <param name="keyIsExposed">As of <see cref="Void"/>.</param>
    public void VoidOwn(bool keyIsExposed = false) => Void(new BoardIdentity(Run, DeviceId!.Value) { Serial = Serial, NotAfter = NotAfter }, keyIsExposed);

    /// <summary>Burns, if the board is this line's still. Who cancels meanwhile is told that it is waited for.</summary>
    /// <exception cref="LedgerException">MKX-LEDGER-026: the lock of the board was lost. Nothing of this burn was burned.</exception>
    public async Task BurnAsync(EfuseBurn burn, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Journal?.RequireHeld();
        using var told = cancel.Register(TellWaiting);
        await Tools.Espefuse.BurnAsync(Request.Port, burn);
    }

    /// <summary>Zeroes what the board's flash could be written with once more.</summary>
    public void ForgetFlash()
    {
        CryptographicOperations.ZeroMemory(FlashKey);
        foreach (var image in Images)
        {
            image.Dispose();
        }
    }

    /// <summary>Zeroes every secret.</summary>
    public void Dispose()
    {
        ForgetFlash();
        Identity?.Dispose();
        Journal?.Dispose();
    }

    private void TellWaiting()
    {
        try
        {
            Progress.WaitingForBurn();
        }
        catch (IOException)
        {
            // The terminal is gone; that is why it was cancelled.
        }
    }

    private static InvalidOperationException NotYet() => new("A step reads what no earlier step has left.");
}
