using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>The record: several writers, writers that die, and files that were tampered with.</summary>
[TestClass]
public sealed class IndexTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TestFolder _folder = new();

    [TestInitialize]
    public void Begin() => File.WriteAllBytes(Path, []);

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    private string Path => _folder.At("issued.jsonl");

    [TestMethod]
    public async Task Writers_in_parallel_lose_nothing_and_see_each_other()
    {
        // An index of its own for each writer, as every process has: they meet in the file alone.
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            var index = Open();
            for (var i = 0; i < 25; i++)
            {
                using var transaction = index.Begin();
                transaction.Append(new IndexEvent.CrlNumbered(Now, transaction.CrlNumber + 1));
                transaction.Append(Issued($"{writer:X2}{i:X2}"));
            }
        }));
        await Task.WhenAll(writers);

        using var all = Open().Begin();
        Assert.AreEqual(100, all.CrlNumber);
        Assert.HasCount(100, all.Certificates.ToList());
    }

    [TestMethod]
    public void A_writer_that_does_not_finish_is_named_after_a_while()
    {
        using var other = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        AuthorityAssert.Fails("022", () => Open(TestAuthority.Options with { LockTimeout = TimeSpan.FromMilliseconds(50) }).Begin());
    }

    [TestMethod]
    public void A_line_cut_short_by_a_power_cut_is_dropped_at_every_length()
    {
        Append(Issued("01"));
        var whole = File.ReadAllBytes(Path);
        Append(Issued("02"));
        var both = File.ReadAllBytes(Path);
        for (var length = whole.Length; length < both.Length; length++)
        {
            File.WriteAllBytes(Path, both[..length]);
            using (var recovered = Open().Begin())
            {
                Assert.IsNotNull(recovered.Find("01"));
                Assert.IsNull(recovered.Find("02"), $"{length} of {both.Length} bytes");
                recovered.Append(Issued("03"));
            }

            using var again = Open().Begin();
            Assert.IsNotNull(again.Find("03"));
        }
    }

    [TestMethod]
    [DataRow("append")]
    [DataRow("append-flush")]
    public void A_disk_that_fails_in_the_middle_of_a_line_leaves_no_line(string step)
    {
        var fail = false;
        var index = Open(TestAuthority.Options with { BeforeWrite = at => { if (fail && at == step) { throw new IOException("disk full"); } } });
        using (var transaction = index.Begin())
        {
            transaction.Append(Issued("01"));
            fail = true;
            Assert.ThrowsExactly<IOException>(() => transaction.Append(Issued("02")));
            fail = false;
            Assert.IsNull(transaction.Find("02"));
            transaction.Append(Issued("03"));
        }

        using var reread = Open().Begin();
        CollectionAssert.AreEqual(new[] { "01", "03" }, reread.Certificates.Select(c => c.Serial).ToArray());
    }

    public static IEnumerable<object[]> Tampered =>
    [
        ["a line twice", (List<string> lines) => lines.Add(lines[0])],
        ["a revocation twice", (List<string> lines) => lines.Add(lines[^1])],
        ["a revocation of what was never issued", (List<string> lines) => lines.RemoveAt(0)],
        ["lines in another order", (List<string> lines) => lines.Reverse()],
        ["a line of garbage", (List<string> lines) => lines.Insert(1, "garbage")],
        ["an empty line", (List<string> lines) => lines.Insert(1, "")],
        ["null", (List<string> lines) => lines.Insert(1, "null")],
        ["an event that there is not", (List<string> lines) => { lines[1] = lines[1].Replace("revoked", "pardoned"); }],
        ["an unknown member", (List<string> lines) => { lines[1] = lines[1].Replace("\"reason\"", "\"note\":1,\"reason\""); }],
        ["a member missing", (List<string> lines) => { lines[0] = lines[0].Replace("\"commonName\":\"name-01\",", ""); }],
        ["a CRL number that falls", (List<string> lines) => lines.AddRange([Line(2), Line(1)])],
    ];

    [TestMethod]
    [DynamicData(nameof(Tampered))]
    public void A_tampered_index_is_refused(string attack, Action<List<string>> tamper)
    {
        Append(Issued("01"), new IndexEvent.Revoked(Now, "01", System.Security.Cryptography.X509Certificates.X509RevocationReason.KeyCompromise));
        var lines = File.ReadAllLines(Path).ToList();
        tamper(lines);
        File.WriteAllLines(Path, lines);
        var failure = AuthorityAssert.Fails("020", () => Open().Begin());
        Assert.IsTrue(failure.Message.Contains("line 1 ") || failure.Message.Contains("line 2 ") || failure.Message.Contains("line 3 ") || failure.Message.Contains("line 4 "), attack);
    }

    [TestMethod]
    public void An_index_that_shrinks_under_our_eyes_is_refused()
    {
        var index = Open();
        using (var transaction = index.Begin())
        {
            transaction.Append(Issued("01"));
        }

        File.WriteAllBytes(Path, []);
        AuthorityAssert.Fails("021", () => index.Begin());
    }

    private static string Line(int number) => $$"""{"event":"crl-numbered","number":{{number}},"at":"2026-01-01T00:00:00+00:00"}""";

    private static IndexEvent.Issued Issued(string serial) =>
        new(Now, serial, CertificateKind.Device, "name-" + serial, CertificateKind.DevicesIssuing, Now, Now + TimeSpan.FromDays(1), "00");

    private CertificateIndex Open(AuthorityOptions? options = null) => new(Path, options ?? new AuthorityOptions());

    private void Append(params IndexEvent[] events)
    {
        using var transaction = Open().Begin();
        foreach (var happened in events)
        {
            transaction.Append(happened);
        }
    }
}
