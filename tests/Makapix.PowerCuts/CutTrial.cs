using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Line;
using Makapix.VirtualEsp32.Power;

namespace Makapix.PowerCuts;

/// <summary>One board, one cut, the run after it, and what must hold in between and then.</summary>
internal sealed class CutTrial : IDisposable
{
    private static readonly string[] ScrapCodes = ["MKX-LINE-120", "MKX-LINE-123"];
    private const string ScrapAlready = "MKX-LINE-100";
    private const string PerhapsSealed = "MKX-LINE-106";

    private readonly PowerCutCampaign _campaign;
    private readonly CutPoint _point;
    private readonly string _state;
    private readonly Board _board;
    private readonly SecretNeedles _secrets = new();
    private readonly List<string> _violations = [];

    public CutTrial(PowerCutCampaign campaign, CutPoint point, string folder)
    {
        _campaign = campaign;
        _point = point;
        _state = Path.Combine(folder, "state");
        _board = new Board(Path.Combine(folder, "chip"), new OneCut(point));
        _secrets.Add(campaign.WifiPassword);
    }

    public async Task<CutResult> RunAsync(ProvisioningRequest request)
    {
        request = request with { StateFolder = _state };
        var cut = await ProvisionAsync(request);
        Require(cut.Error is not null, "the cut never came: the run made a device");
        _board.PowerCycle(new SteadyPower());
        LookForSecrets();
        var early = WakesEarly();

        var (device, error) = await ProvisionAsync(request);
        LookForSecrets();
        var outcome = device is not null ? Work(device) : await RefuseAsync(request, error!);
        _campaign.Keep(_secrets);
        return new CutResult(_point, _violations.Count > 0 ? CutOutcome.Violation : outcome, _violations.Count > 0 ? string.Join("; ", _violations) : error?.Code ?? "", early);
    }

    public void Dispose()
    {
        _board.Dispose();
        if (Directory.Exists(_state))
        {
            Directory.Delete(_state, recursive: true);
        }
    }

    private async Task<(ProvisionedDevice? Device, MakapixException? Error)> ProvisionAsync(ProvisioningRequest request)
    {
        try
        {
            return (await _campaign.Line(_board, new BoardTools(_board, _secrets, LookForFiles), Online).RunAsync(request, new NoProgress(), default), null);
        }
        catch (MakapixException e)
        {
            return (null, e);
        }
    }

    /// <summary>A board that gets its power back boots by itself, whatever is in it.</summary>
    private bool WakesEarly()
    {
        var who = _board.Boot();
        Require(who is null or { FlashEncrypted: true }, "it boots as a device with flash encryption off");
        var missing = who is not null && !_campaign.Expected.Differences(BoardSummary.Read(_board), locked: false).IsEmpty;
        _board.Reset();
        return missing;
    }

    private void Online(BootedIdentity who)
    {
        _secrets.Add(who.PrivateKey);
        var missing = _campaign.Expected.Differences(BoardSummary.Read(_board), locked: false);
        Require(missing.IsEmpty && who.FlashEncrypted, $"online for the line while {string.Join(", ", missing)}");
        Require(Good().SequenceEqual([who.Serial]), "online with a certificate that is void, or not its only one");
    }

    private CutOutcome Work(ProvisionedDevice device)
    {
        RequireWhole(device.DeviceId, device.Serial);
        return CutOutcome.Working;
    }

    private async Task<CutOutcome> RefuseAsync(ProvisioningRequest request, MakapixException error)
    {
        var last = Journal().Last(entry => entry.Serial is not null);
        if (error.Code == PerhapsSealed)
        {
            Require(error.NextStep.Contains($"{_board.Mac} (device {last.DeviceId})", StringComparison.Ordinal), "the line does not say which device it may be");
            Require(_campaign.Expected.Differences(BoardSummary.Read(_board), locked: true).IsEmpty, "silent, and not sealed as planned");
            RequireWhole(last.DeviceId!.Value, last.Serial!);
            return CutOutcome.Sealed;
        }

        Require(ScrapCodes.Contains(error.Code), $"neither a device nor scrap: {error.Message}");
        Require(Good().Length == 0, "refused, and a certificate of it is good");
        Require(Journal()[^1].Event is JournalEvent.Scrapped or JournalEvent.Failed && Journal().Any(entry => entry.Event == JournalEvent.Scrapped), "the journal does not call it scrap");
        var again = await ProvisionAsync(request);
        Require(again.Error?.Code == ScrapAlready, "the third run takes it again");
        return CutOutcome.Refused;
    }

    /// <summary>Boots as that device, fused as planned, under an identity that no other board has and that is the only good one of this board.</summary>
    private void RequireWhole(Guid device, string serial)
    {
        var who = _board.Boot();
        Require(who is { FlashEncrypted: true } && who.DeviceId == device && who.Serial == serial, "it does not boot as the device that it is said to be");
        var wrong = _campaign.Expected.Differences(BoardSummary.Read(_board), locked: true);
        Require(wrong.IsEmpty, $"called a device while {string.Join(", ", wrong)}");
        Require(Good().SequenceEqual([serial]), "another certificate of the board is good, or its own is not");
        using var view = _campaign.Ledger.Read();
        Require(view.DeviceOfBoard(_board.Mac)?.Id == device, "the ledger does not know it as that device");
        Require(_campaign.IsFirst(device, serial), "another board has its identity");
    }

    /// <summary>Serial numbers of the certificates that were ever issued for this board and are good.</summary>
    private string[] Good()
    {
        using var view = _campaign.Ledger.Read();
        return [.. view.Journal(_board.Mac).Where(entry => entry.DeviceId is not null).Select(entry => entry.DeviceId!.Value).Distinct()
            .SelectMany(id => view.CertificatesNamed(id.ToString())).Where(certificate => certificate.RevokedAt is null).Select(certificate => certificate.Serial)];
    }

    private IReadOnlyList<JournalEntry> Journal()
    {
        using var view = _campaign.Ledger.Read();
        return view.Journal(_board.Mac);
    }

    private void LookForFiles()
    {
        if (_secrets.FindIn(_state) is { } file)
        {
            _violations.Add($"a secret in {Path.GetFileName(file)}");
        }
    }

    private void LookForSecrets()
    {
        LookForFiles();
        Require(!_board.FlashShows(_secrets), "a secret in flash, in clear");
    }

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            _violations.Add(otherwise);
        }
    }
}
