using System;
using System.Collections.Generic;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;

namespace Makapix.Benchmarks;

/// <summary>
/// Device leaves a second on one core, in turns: what .NET's primitives allow; the authority's pipeline (key, certificate, check of the
/// profile, entry in an open transaction); the whole of <see cref="CertificateAuthority.IssueDevice"/>, whose ledger is on the disk before it returns; and a
/// shell's loop over openssl.
/// </summary>
/// <param name="rounds">Rounds; one more comes first and does not count.</param>
/// <param name="leaves">Leaves of each in a round; openssl makes one.</param>
internal sealed class LeafBenchmark(int rounds = 61, int leaves = 25) : IBenchmark
{
    private const double LeastOfDotnet = 0.5;
    private const double LeastOfOpenssl = 5;
    private const string Passphrase = "for no secret";

    public string Name => "leaf";

    public string Description => "device certificates a second: .NET's primitives alone, the authority without and with its ledger's commit, and the openssl processes";

    public IReadOnlyDictionary<string, double> Run()
    {
        using var folder = new DiskFolder();
        var commits = new CommitClock();
        using var primitives = new LeafPrimitives();
        using var issuer = new LeafIssuer(folder.At("pipeline.db"));
        using var authority = CertificateAuthority.Init(
            new CeremonyPlan(folder.At("authority"), folder.At("root")), Passphrase, Passphrase + " either", new AuthorityOptions { BeforeWrite = commits.BeforeWrite });
        var openssl = new OpenSslLeaves(folder.At("openssl"));
        var times = new LeafTimes();

        for (var round = 0; round <= rounds; round++)
        {
            if (round == 1)
            {
                times = new LeafTimes();
                commits.Reset();
            }

            times.Signed.Time(() => Repeat(primitives.Sign), leaves);
            times.Certified.Time(() => Repeat(primitives.Certify), leaves);
            issuer.Issue(leaves, times.Issued);
            times.Recorded.Time(() => Repeat(() => authority.IssueDevice(Guid.NewGuid()).Dispose()), leaves);
            times.Openssl.Time(() => openssl.Issue(1));
        }

        return Judge(times, commits);
    }

    private IReadOnlyDictionary<string, double> Judge(LeafTimes times, CommitClock commits)
    {
        var figures = new Figures
        {
            ["rounds"] = rounds,
            ["signatures_per_s"] = 1000 / times.Signed.Median,
            ["bare_certificates_per_s"] = 1000 / times.Certified.Median,
            ["leaves_per_s"] = 1000 / times.Issued.Median,
            ["of_signatures_ratio"] = times.Signed.Over(times.Issued),
            ["of_bare_certificates_ratio"] = times.Certified.Over(times.Issued),
            ["openssl_per_s"] = 1000 / times.Openssl.Median,
            ["over_openssl_ratio"] = times.Openssl.Over(times.Issued),
            ["recorded_per_s"] = 1000 / times.Recorded.Median,
            ["recorded_over_openssl_ratio"] = times.Openssl.Over(times.Recorded),
            ["commit_ms"] = commits.Median,
        };
        figures.Require(figures["of_bare_certificates_ratio"] >= LeastOfDotnet, $"the pipeline makes less than {LeastOfDotnet:P0} of what .NET's primitives allow");
        figures.Require(figures["over_openssl_ratio"] >= LeastOfOpenssl, $"the pipeline makes less than {LeastOfOpenssl} times what the openssl processes make");
        return figures.Judged();
    }

    private void Repeat(Action work)
    {
        for (var i = 0; i < leaves; i++)
        {
            work();
        }
    }
}
