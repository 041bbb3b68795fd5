using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Authority.Publishing;

/// <summary>
/// Publishes new revocation lists day by day, since a broker with an expired one refuses everybody. Whatever fails is said and tried again; nothing ends it
/// but its caller.
/// </summary>
/// <param name="authority">Whose lists.</param>
/// <param name="options">Where to, and how often.</param>
/// <param name="broker">Told after each; null if nobody is to be.</param>
/// <param name="say">Takes each line: what was published, and alerts, which begin with <c>MKX-</c>.</param>
public sealed class CrlWatch(CertificateAuthority authority, CrlWatchOptions options, IBrokerReload? broker, Action<string> say)
{
    /// <summary>Until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            var wait = RunOnce() ? options.Interval : options.Retry;
            await Task.Delay(wait, options.Clock, cancel);
        }
    }

    private bool RunOnce()
    {
        var done = Attempt(Publish) && (broker is null || Attempt(broker.Reload));
        done &= options.HeadFolder is not { } folder || Attempt(() => SignHead(folder), "the signed head of the ledger");
        Attempt(WarnOfRoot);
        Attempt(WarnOfEnd);
        return done;
    }

    private bool Attempt(Action action, string what = "the revocation lists")
    {
        try
        {
            action();
            return true;
        }
        catch (MakapixException e)
        {
            say(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Alert(new AuthorityException("080", $"{what} could not be written: {e.Message.TrimEnd('.')}.", $"Mend the path, the permissions or the disk; it is tried again every {options.Retry.TotalMinutes:0} minutes.", e));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // No text of it: it was not written to be shown.
            Alert(new AuthorityException("084", $"{what} could not be made: unexpected {e.GetType().Name}.", $"It is tried again every {options.Retry.TotalMinutes:0} minutes; if it stays, restart this command, and report it as a defect of makapix.", e));
        }

        return false;
    }

    private void Publish()
    {
        authority.PublishCrls(options.Path);
        say($"{options.Path}: new revocation lists, good until {options.Clock.GetUtcNow() + CertificateAuthority.CrlLifetime:yyyy-MM-dd HH:mm} UTC");
    }

    // One a day, and never in the place of another: yesterday's head is what shows that somebody changed yesterday.
    private void SignHead(string folder)
    {
        var path = Path.Combine(folder, $"head-{options.Clock.GetUtcNow():yyyy-MM-dd}.cms");
        if (!File.Exists(path))
        {
            authority.SignHead(path);
            say($"{path}: signed head of the ledger");
        }
    }

    private void WarnOfRoot()
    {
        var left = authority.RootCrlEnd - options.Clock.GetUtcNow();
        if (left < options.RootAlert)
        {
            Alert(new AuthorityException("081", $"the root's revocation list ends in {Math.Floor(left.TotalDays):0} days.", "Bring the root's medium and run 'makapix ca crl --root'."));
        }
    }

    private void WarnOfEnd()
    {
        var ends = File.Exists(options.Path) ? RevocationList.Ends(File.ReadAllText(options.Path)) : null;
        if (ends?.Min() is { } end && end - options.Clock.GetUtcNow() < options.Alert)
        {
            Alert(new AuthorityException("083", $"the revocation lists in {options.Path} end {end:yyyy-MM-dd HH:mm} UTC, and from then on the broker refuses everybody.", "Mend what the lines above name before that."));
        }
    }

    private void Alert(AuthorityException alert) => say(alert.Message);
}
