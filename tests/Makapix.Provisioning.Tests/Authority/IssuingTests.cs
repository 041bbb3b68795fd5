using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>Who may be issued what, and when.</summary>
[TestClass]
public sealed class IssuingTests
{
    private static readonly DateTimeOffset Birth = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
    private static readonly TestFolder Folder = new();
    private static readonly FixedClock Clock = new(Birth);

    [ClassInitialize]
    public static void Begin(TestContext _)
    {
        TestAuthority.Init(Folder.At("ca"), TestAuthority.Options with { Clock = new FixedClock(Birth) }).Dispose();
        Folder.CopyOf(Folder.At("ca"), "fresh");
    }

    [ClassCleanup]
    public static void End() => Folder.Dispose();

    [TestMethod]
    [DataRow("")]
    [DataRow(" ")]
    [DataRow("Alice")]
    [DataRow("-alice")]
    [DataRow("op_alice")]
    [DataRow("svc_backend")]
    [DataRow("alice bob")]
    [DataRow("alice\n")]
    [DataRow("alice/CN=op_admin")]
    [DataRow("#")]
    [DataRow("+")]
    [DataRow("a/b")]
    [DataRow("älice")]
    [DataRow("a23456789012345678901234567890123")]
    public void Hostile_operator_and_service_names_are_refused(string name)
    {
        using var authority = Open(Birth);
        AuthorityAssert.Fails("011", () => authority.IssueOperator(name));
        AuthorityAssert.Fails("011", () => authority.IssueService(name));
    }

    [TestMethod]
    public void A_broker_without_a_host_is_refused()
    {
        using var authority = Open(Birth);
        AuthorityAssert.Fails("010", () => authority.IssueBroker([]));
        AuthorityAssert.Fails("010", () => authority.IssueBroker(["good.example", "*.example"]));
        AuthorityAssert.Fails("010", () => authority.IssueBroker(["good.example"], [IPAddress.Any]));
        AuthorityAssert.Fails("010", () => authority.IssueBroker(["good.example"], [IPAddress.Parse("fe80::1%2")]));
        AuthorityAssert.Fails("011", () => authority.IssueBroker([new string('a', 60) + ".example"]));
    }

    [TestMethod]
    public void A_broker_has_each_host_once_and_its_first_as_common_name()
    {
        using var authority = Open(Birth);
        using var broker = authority.IssueBroker(["B.example", "a.example", "b.EXAMPLE"], [IPAddress.IPv6Loopback, IPAddress.IPv6Loopback]);
        using var leaf = broker.ToCertificate();
        Assert.IsTrue(leaf.HasPrivateKey);
        Assert.AreEqual("CN=b.example", leaf.Subject);
        var names = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        CollectionAssert.AreEqual(new[] { "b.example", "a.example" }, names.EnumerateDnsNames().ToArray());
        CollectionAssert.AreEqual(new[] { IPAddress.IPv6Loopback }, names.EnumerateIPAddresses().ToArray());
    }

    [TestMethod]
    public void Credentials_zero_their_key()
    {
        using var authority = Open(Birth);
        var credential = authority.IssueService("backend");
        var key = credential.PrivateKeyPkcs8;
        credential.Dispose();
        Assert.IsFalse(key.Span.ContainsAnyExcept((byte)0));
        Assert.ThrowsExactly<ObjectDisposedException>(() => credential.PrivateKeyPkcs8);
        Assert.ThrowsExactly<ObjectDisposedException>(credential.ToCertificate);
    }

    [TestMethod]
    [DataRow(0, 3652)]
    [DataRow(1800, 3652)]
    [DataRow(1830, 3649)]
    [DataRow(5478, 1)]
    public void A_device_lives_ten_years_but_never_beyond_its_issuer(int daysLater, int days)
    {
        using var authority = Open(Birth + TimeSpan.FromDays(daysLater));
        using var material = authority.IssueDevice(Guid.NewGuid());
        Assert.AreEqual(Birth + TimeSpan.FromDays(daysLater), material.IssuedAt);
        Assert.AreEqual(Birth + TimeSpan.FromDays(daysLater + days) - TimeSpan.FromMinutes(5), material.NotAfter);
    }

    [TestMethod]
    [DataRow(5479, DisplayName = "the issuing CA has expired")]
    [DataRow(-1, DisplayName = "the clock is before the CA's beginning")]
    [DataRow(-9999, DisplayName = "the clock lost its battery")]
    public void By_a_wrong_clock_nothing_is_issued(int daysLater)
    {
        using var authority = Open(Birth + TimeSpan.FromDays(daysLater), accepted: false);
        AuthorityAssert.Fails("015", () => authority.IssueDevice(Guid.NewGuid()).Dispose());
    }

    [TestMethod]
    public void A_clock_a_minute_behind_that_of_init_does_no_harm()
    {
        using var authority = Open(Birth - TimeSpan.FromMinutes(1));
        using var material = authority.IssueDevice(Guid.NewGuid());
        Assert.AreEqual(Birth - TimeSpan.FromMinutes(1), material.IssuedAt);
    }

    [TestMethod]
    public void An_expired_certificate_does_not_stand_in_the_way()
    {
        var id = Guid.NewGuid();
        var copy = Folder.CopyOf(Folder.At("fresh"), "expiry");
        using var authority = TestAuthority.Open(copy, TestAuthority.Options with { Clock = Clock });
        authority.IssueDevice(id).Dispose();
        AuthorityAssert.Fails("013", () => authority.IssueDevice(id).Dispose());
        Clock.Now = Birth + TimeSpan.FromDays(3652);
        TestAuthority.AcceptClock(authority);
        authority.IssueDevice(id).Dispose();
    }

    [TestMethod]
    public void A_random_source_that_repeats_itself_is_found_out()
    {
        var copy = Folder.CopyOf(Folder.At("fresh"), "repeating");
        var random = new RepeatingRandom { Value = 0xFF };
        using var authority = TestAuthority.Open(copy, TestAuthority.Options with { Clock = new FixedClock(Birth), SerialSource = random });
        using var first = authority.IssueDevice(Guid.NewGuid());
        Assert.AreEqual("7F" + new string('F', 30), first.Serial, "positive whatever the source gives");
        AuthorityAssert.Fails("017", () => authority.IssueDevice(Guid.NewGuid()).Dispose());
        random.Value = 0;
        using var second = authority.IssueDevice(Guid.NewGuid());
        Assert.AreEqual("40" + new string('0', 30), second.Serial);
    }

    [TestMethod]
    public async Task Stations_in_parallel_make_no_serial_and_no_device_twice()
    {
        var copy = Folder.CopyOf(Folder.At("fresh"), "parallel");
        using var a = TestAuthority.Open(copy, TestAuthority.Options with { Clock = new FixedClock(Birth) });
        using var b = TestAuthority.Open(copy, TestAuthority.Options with { Clock = new FixedClock(Birth) });
        var ids = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToArray();
        var outcomes = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(ids.SelectMany(id => new[] { (a, id), (b, id) }), (work, _) =>
        {
            try
            {
                using var material = work.Item1.IssueDevice(work.id);
                outcomes.Add(material.Serial);
            }
            catch (AuthorityException e)
            {
                outcomes.Add(e.Code);
            }

            return ValueTask.CompletedTask;
        });
        Assert.AreEqual(20, outcomes.Count(o => o == "MKX-CA-013"), "each id once, whoever was first");
        Assert.AreEqual(21, outcomes.Distinct().Count());
        Assert.HasCount(24, CertificateAuthority.List(copy));
    }

    [TestMethod]
    [DataRow("audit")]
    [DataRow("tables")]
    [DataRow("commit")]
    public void A_certificate_that_could_not_be_recorded_does_not_leave(string step)
    {
        var copy = Folder.CopyOf(Folder.At("fresh"), step);
        var fail = true;
        using var authority = TestAuthority.Open(copy, TestAuthority.Options with { Clock = new FixedClock(Birth), BeforeWrite = at => { if (fail && at == step) { throw new IOException("disk full"); } } });
        var id = Guid.NewGuid();
        Assert.ThrowsExactly<IOException>(() => authority.IssueDevice(id));
        Assert.HasCount(4, CertificateAuthority.List(copy));
        fail = false;
        authority.IssueDevice(id).Dispose();
    }

    // A copy of its own: what a test writes at one time would make the next test's clock one that was set back.
    private static CertificateAuthority Open(DateTimeOffset now, bool accepted = true)
    {
        var authority = TestAuthority.Open(Folder.CopyOf(Folder.At("fresh"), Guid.NewGuid().ToString("N")), TestAuthority.Options with { Clock = new FixedClock(now) });
        if (accepted)
        {
            TestAuthority.AcceptClock(authority);
        }

        return authority;
    }
}
