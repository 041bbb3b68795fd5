using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Publishing;
using Makapix.Provisioning.Ledger.Heads;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>Lists that stay fresh: day by day, through failures, and to the broker that reads them.</summary>
[TestClass]
public sealed class CrlWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset Birth = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private readonly TestFolder _folder = new();
    private readonly ManualTime _time = new(Birth);
    private readonly ConcurrentQueue<string> _said = new();

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    public async Task Every_day_has_new_lists_and_failures_end_nothing()
    {
        using var authority = TestAuthority.Init(_folder.At("ca"), TestAuthority.Options with { Clock = _time });
        Directory.CreateDirectory(_folder.At("www"));
        using var stop = new CancellationTokenSource();
        var watch = Start(authority, null, stop.Token);
        await NextAsync(TimeSpan.Zero, $"{Crl}: new revocation lists, good until 2026-06-03 03:02 UTC");
        await NextAsync(TimeSpan.FromDays(1), "good until 2026-06-04");

        // The disk says no: the file's place is a folder.
        File.Delete(Crl);
        Directory.CreateDirectory(Crl);
        await NextAsync(TimeSpan.FromDays(1), "MKX-CA-042");
        await NextAsync(TimeSpan.FromMinutes(5), "MKX-CA-042");
        Directory.Delete(Crl);
        await NextAsync(TimeSpan.FromMinutes(5), "good until 2026-06-05");
        Directory.Delete(_folder.At("www"), recursive: true);
        await NextAsync(TimeSpan.FromDays(1), "MKX-CA-080");
        Directory.CreateDirectory(_folder.At("www"));
        await NextAsync(TimeSpan.FromMinutes(5), "good until 2026-06-06");

        // Nobody can publish for weeks: the end of what is published comes near, and is said.
        using (authority.Ledger.Begin())
        {
            File.Move(_folder.At("ca", "root.crl"), _folder.At("root.crl"));
        }

        await NextAsync(TimeSpan.FromDays(24), "MKX-CA-083");
        Assert.IsTrue(_said.Any(line => line.StartsWith("MKX-CA-004", StringComparison.Ordinal)));
        File.Move(_folder.At("root.crl"), _folder.At("ca", "root.crl"));
        await NextAsync(TimeSpan.FromMinutes(5), "good until 2026-06-30");
        stop.Cancel();
        await Assert.ThrowsExactlyAsync<TaskCanceledException>(() => watch);
    }

    [TestMethod]
    public async Task Every_day_has_one_signed_head_and_none_takes_the_place_of_another()
    {
        using var authority = TestAuthority.Init(_folder.At("ca"), TestAuthority.Options with { Clock = _time });
        using var root = X509CertificateLoader.LoadCertificate(authority.RootDer.Span);
        Directory.CreateDirectory(_folder.At("www"));
        using var stop = new CancellationTokenSource();
        var watch = Start(authority, null, stop.Token, _folder.At("heads"));
        await NextAsync(TimeSpan.Zero, "MKX-CA-080: the signed head of the ledger could not be written");
        Directory.CreateDirectory(_folder.At("heads"));
        await NextAsync(TimeSpan.FromMinutes(5), "head-2026-05-04.cms: signed head of the ledger");
        var first = File.ReadAllText(_folder.At("heads", "head-2026-05-04.cms"));
        await NextAsync(TimeSpan.FromDays(1), "head-2026-05-05.cms: signed head of the ledger");
        Assert.AreEqual(first, File.ReadAllText(_folder.At("heads", "head-2026-05-04.cms")));
        var second = SignedHead.Verify(File.ReadAllText(_folder.At("heads", "head-2026-05-05.cms")), root);
        Assert.IsGreaterThan(SignedHead.Verify(first, root).Head.Seq, second.Head.Seq);
        Assert.HasCount(2, Directory.GetFiles(_folder.At("heads")));
        stop.Cancel();
        await Assert.ThrowsExactlyAsync<TaskCanceledException>(() => watch);
    }

    [TestMethod]
    public async Task The_end_of_the_roots_list_is_said_two_months_before()
    {
        using var authority = TestAuthority.Init(_folder.At("ca"), TestAuthority.Options with { Clock = _time });
        Directory.CreateDirectory(_folder.At("www"));
        using var stop = new CancellationTokenSource();
        _time.Advance(CertificateAuthority.RootCrlLifetime - TimeSpan.FromDays(59));
        TestAuthority.AcceptClock(authority);
        var watch = Start(authority, null, stop.Token);
        await NextAsync(TimeSpan.Zero, "MKX-CA-081: the root's revocation list ends in 59 days.");
        using (var root = TestAuthority.Root(_folder.At("ca")))
        {
            authority.RenewRootCrl(root);
        }

        var before = _said.Count;
        await NextAsync(TimeSpan.FromDays(1), "new revocation lists");
        Assert.IsFalse(_said.Skip(before).Any(line => line.Contains("MKX-")), string.Join('\n', _said));
        stop.Cancel();
        await Assert.ThrowsExactlyAsync<TaskCanceledException>(() => watch);
    }

    [TestMethod]
    public async Task An_expired_list_locks_everybody_out_until_the_watch_publishes_and_tells_the_broker()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow - CertificateAuthority.CrlLifetime - TimeSpan.FromMinutes(10));
        await using var bench = new BrokerBench(_folder, TestAuthority.Options with { Clock = time });
        var device = bench.Device();
        await bench.StartAsync();
        await bench.RequireOutAsync(device, "the lists ended ten minutes ago");

        time.Advance(CertificateAuthority.CrlLifetime + TimeSpan.FromMinutes(10));
        File.WriteAllText(_folder.At("mosquitto.pid"), $"{bench.BrokerId}\n");
        using var stop = new CancellationTokenSource();
        var watch = new CrlWatch(bench.Authority, new CrlWatchOptions(bench.Crl) { Clock = time }, new MosquittoSignal(_folder.At("mosquitto.pid")), _said.Enqueue).RunAsync(stop.Token);
        await bench.WaitUntilAsync(letIn: true, device, string.Join('\n', _said));
        stop.Cancel();
        await Assert.ThrowsExactlyAsync<TaskCanceledException>(() => watch);
        Assert.IsFalse(_said.Any(line => line.Contains("MKX-")), string.Join('\n', _said));
    }

    [TestMethod]
    [DataRow("", DisplayName = "empty")]
    [DataRow("mosquitto", DisplayName = "no number")]
    [DataRow("-1", DisplayName = "a process group")]
    [DataRow("0", DisplayName = "our own group")]
    [DataRow("{self}", DisplayName = "somebody else's process")]
    [DataRow("2147483647", DisplayName = "nobody's process")]
    public void Nobody_but_mosquitto_is_signalled(string content)
    {
        var file = _folder.Write("pid", content.Replace("{self}", Environment.ProcessId.ToString()));
        AuthorityAssert.Fails("082", () => new MosquittoSignal(file).Reload());
        AuthorityAssert.Fails("082", () => new MosquittoSignal(_folder.At("missing")).Reload());
    }

    private string Crl => _folder.At("www", "crl.pem");

    private Task Start(CertificateAuthority authority, IBrokerReload? broker, CancellationToken stop, string? heads = null) =>
        Task.Run(() => new CrlWatch(authority, new CrlWatchOptions(Crl) { Clock = _time, HeadFolder = heads }, broker, _said.Enqueue).RunAsync(stop), CancellationToken.None);

    private async Task NextAsync(TimeSpan later, string expected)
    {
        var before = later == TimeSpan.Zero ? 0 : _said.Count;
        _time.Advance(later);
        Assert.IsTrue(await Task.Run(() => _time.SomebodyWaits(Patience)), "the watch waits for its next turn");
        Assert.IsTrue(_said.Skip(before).Any(line => line.Contains(expected, StringComparison.Ordinal)), $"{expected}: {string.Join('\n', _said)}");
    }
}
