using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Tests.Ledger;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>A new authority whose ledger is on a server: folders and database become one thing, or the next init makes it.</summary>
[TestClass]
public sealed class SharedInitTests
{
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    public void Whatever_fails_at_whatever_step_the_next_init_goes_through()
    {
        var steps = new List<string>();
        TestAuthority.Init(Plan("whole", Postgres.Server.CreateDatabase()), TestAuthority.Options with { BeforeWrite = steps.Add }).Dispose();
        var before = Directory.GetFileSystemEntries(_folder.Path);
        var words = Postgres.Server.CreateDatabase();
        foreach (var step in steps.Take(steps.LastIndexOf("commit") + 1).Distinct())
        {
            var options = TestAuthority.Options with { BeforeWrite = at => Fail(at == step) };
            Assert.ThrowsExactly<IOException>(() => TestAuthority.Init(Plan("ca", words), options), step);
            CollectionAssert.AreEquivalent(before, Directory.GetFileSystemEntries(_folder.Path), $"left behind at {step}");
        }

        RequireMade(words);
    }

    [TestMethod]
    [DataRow("create-commit", null)]
    [DataRow("device-secret", null)]
    [DataRow("rename", null)]
    [DataRow("rename-root", "075")]
    [DataRow("commit", "075")]
    [DataRow("committed", "001")]
    public async Task Killed_it_can_be_run_again_or_says_what_to_do(string step, string? code)
    {
        var words = Postgres.Server.CreateDatabase();
        await OrderedProcess.KillAsync(nameof(SharedInitTests), _folder.At("ca"), words, step);
        if (code is null)
        {
            RequireMade(words);
            return;
        }

        AuthorityAssert.Fails(code, () => TestAuthority.Init(Plan("ca", words)));
        if (code == "001")
        {
            RequireWhole();
            return;
        }

        // As it says: move both away, and do it again.
        AuthorityAssert.Fails(code, () => TestAuthority.Open(_folder.At("ca")));
        Directory.Move(_folder.At("ca"), _folder.At("away"));
        if (Directory.Exists(_folder.At("ca-root")))
        {
            Directory.Move(_folder.At("ca-root"), _folder.At("away-root"));
        }

        RequireMade(words);
    }

    [TestMethod]
    public void A_server_lost_in_the_last_step_leaves_the_folders_and_says_how_to_find_out()
    {
        using var server = new PostgresServer();
        server.Start();
        var words = server.CreateDatabase();
        var options = TestAuthority.Options with
        {
            BeforeWrite = step =>
            {
                if (step == "commit")
                {
                    server.Kill();
                }
            },
        };
        AuthorityAssert.Fails("076", () => TestAuthority.Init(Plan("ca", words), options));
        server.Start();
        Assert.IsNotEmpty(AuthorityInspection.Run(_folder.At("ca"), TestAuthority.Options));
        Directory.Delete(_folder.At("ca"), recursive: true);
        Directory.Delete(_folder.At("ca-root"), recursive: true);
        RequireMade(words);
    }

    [TestMethod]
    public void A_ledger_that_somebody_uses_is_left_alone()
    {
        using var bench = new LedgerBench(DatabaseKind.Postgres);
        var head = bench.Append(LedgerBench.Issued("01"));
        LedgerBench.Fails("002", () => TestAuthority.Init(Plan("ca", bench.Words)));
        Assert.AreEqual(head, bench.Ask(view => view.Head));
        bench.RequireWhole();
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    [DataRow("DELETE FROM audit", DisplayName = "a ledger whose trail somebody has deleted")]
    [DataRow("TRUNCATE audit CASCADE; CREATE TABLE mine (id BIGINT)", DisplayName = "an empty one with somebody's table in it")]
    [DataRow("DROP TABLE audit CASCADE; CREATE TABLE audit (mine TEXT)", DisplayName = "tables of somebody else with the same names")]
    public void What_is_no_new_ledger_is_left_alone(string sql)
    {
        using var bench = new LedgerBench(DatabaseKind.Postgres);
        bench.Append(LedgerBench.Issued("01"));
        bench.Tamper(sql);
        LedgerBench.Fails("002", () => TestAuthority.Init(Plan("ca", bench.Words)));
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    public async Task Of_two_that_begin_at_a_time_one_makes_an_authority_and_the_other_leaves_nothing()
    {
        var words = Postgres.Server.CreateDatabase();
        Task<LedgerException?>? second = null;
        LedgerException? Make(string name, Action<string>? at)
        {
            try
            {
                TestAuthority.Init(Plan(name, words), TestAuthority.Options with { BeforeWrite = at }).Dispose();
                return null;
            }
            catch (LedgerException e)
            {
                return e;
            }
        }

        var first = Make("one", step =>
        {
            if (step == "create-commit")
            {
                second = Task.Run(() => Make("other", null));
            }
        });
        var refused = await second!;
        Assert.AreEqual("MKX-LEDGER-002", (first ?? refused)?.Code);
        Assert.IsTrue(first is null || refused is null, "one of them makes it");
        var made = first is null ? "one" : "other";
        Assert.AreEqual("", string.Join("; ", AuthorityInspection.Run(_folder.At(made), TestAuthority.Options)));
        CollectionAssert.AreEquivalent(new[] { _folder.At(made), _folder.At(made + "-root") }, Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    public void The_plan_says_where_the_ledger_will_be_and_nothing_that_is_not_so()
    {
        var plan = Plan("ca", "Host=/run/postgresql;Database=makapix");
        Assert.Contains("ledger             database makapix of /run/postgresql", plan.Lines());
        Assert.AreNotEqual((plan with { Ledger = "ledger.db" }).Hash(), plan.Hash());
        LedgerBench.Fails("006", () => (plan with { Ledger = "Host=/run/postgresql;Database=makapix;Password=hunter2" }).Hash());
    }

    /// <summary>Makes an authority, and dies at a step.</summary>
    internal static void Do(string dir, string words, string step) => TestAuthority.Init(TestAuthority.Plan(dir) with { Ledger = words }, TestAuthority.Options with
    {
        BeforeWrite = at =>
        {
            if (at == step)
            {
                Process.GetCurrentProcess().Kill();
            }
        },
    }).Dispose();

    private CeremonyPlan Plan(string name, string words) => TestAuthority.Plan(_folder.At(name)) with { Ledger = words };

    private static void Fail(bool now)
    {
        if (now)
        {
            throw new IOException("something failed");
        }
    }

    private void RequireMade(string words)
    {
        TestAuthority.Init(Plan("ca", words)).Dispose();
        RequireWhole();
    }

    private void RequireWhole()
    {
        Assert.AreEqual("", string.Join("; ", AuthorityInspection.Run(_folder.At("ca"), TestAuthority.Options)));
        using var authority = TestAuthority.Open(_folder.At("ca"));
        authority.IssueDevice(Guid.NewGuid()).Dispose();
        using var root = TestAuthority.Root(_folder.At("ca"));
        authority.RenewRootCrl(root);
    }
}
