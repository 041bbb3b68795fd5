using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Ledger.Events;

namespace Makapix.Benchmarks;

/// <summary>
/// A revocation list of 100,000 devices: read from the ledger, built, signed and written as PEM, all by <see cref="CertificateAuthority.Crls"/>; then parsed
/// back by .NET's own reader, its signature verified, and its serial numbers held against those that were revoked. The bound is on processor
/// time: on a machine with nothing else to do it is the time on the wall, since all of it is computing.
/// </summary>
/// <param name="entries">Certificates in it.</param>
/// <param name="rounds">How often.</param>
internal sealed class CrlBenchmark(int entries = 100_000, int rounds = 5) : IBenchmark
{
    private const double MostMilliseconds = 1000;
    private const string Passphrase = "for no secret";

    public string Name => "crl";

    public string Description => "a revocation list of 100,000 certificates: read from the ledger, built and signed, and parsed back";

    public IReadOnlyDictionary<string, double> Run()
    {
        using var folder = new DiskFolder();
        using var authority = CertificateAuthority.Init(new CeremonyPlan(folder.At("authority"), folder.At("root")), Passphrase, Passphrase + " either");
        using var issuer = Issuer(authority.BrokerTrustPem);
        var revoked = Revoke(authority.Ledger, issuer.SerialNumber);
        var (made, parsed, both, size) = (new Samples(), new Samples(), new Samples(), 0);
        for (var round = 0; round < rounds; round++)
        {
            var pem = "";
            both.Time(() =>
            {
                made.Time(() => pem = authority.Crls());
                parsed.Time(() => Parse(pem, issuer, revoked));
            });
            size = pem.Length;
        }

        var figures = new Figures
        {
            ["entries"] = entries,
            ["rounds"] = rounds,
            ["pem_bytes"] = size,
            ["made_ms"] = made.Median,
            ["parsed_ms"] = parsed.Median,
            ["both_ms"] = both.Median,
            ["both_processor_ms"] = both.Processor,
        };
        figures.Require(both.Processor < MostMilliseconds, $"a list of {entries} entries takes more than {MostMilliseconds} ms");
        return figures.Judged();
    }

    private static X509Certificate2 Issuer(string trust)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(trust);
        return chain.Single(ca => ca.Subject.Contains("Devices CA", StringComparison.Ordinal));
    }

    private HashSet<string> Revoke(DeviceLedger ledger, string issuer)
    {
        var serials = new HashSet<string>(entries);
        var now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        using var random = RandomNumberGenerator.Create();
        using var record = ledger.Begin();
        while (serials.Count < entries)
        {
            var serial = SerialNumber.ToText(SerialNumber.Create(random));
            serials.Add(serial);
            record.Append(new CertificateIssued(serial, CertificateKind.Device, Guid.NewGuid().ToString("D"), issuer, now, now.AddYears(10), serial + serial));
            record.Append(new CertificateRevoked(serial, serials.Count % 2 == 0 ? X509RevocationReason.KeyCompromise : X509RevocationReason.CessationOfOperation));
        }

        record.Commit();
        return serials;
    }

    private static void Parse(string pem, X509Certificate2 issuer, HashSet<string> revoked)
    {
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var text = rest[fields.Location].ToString();
            CertificateRevocationListBuilder.LoadPem(text, out BigInteger number);
            if (number < BigInteger.One)
            {
                throw new BenchmarkException("a list came out without a number.");
            }

            if (RevocationList.IsSignedBy(text, issuer))
            {
                var serials = RevocationList.Serials(text);
                if (serials.Count != revoked.Count || !serials.All(revoked.Contains))
                {
                    throw new BenchmarkException("the list came back with other serial numbers than were revoked.");
                }

                return;
            }

            rest = rest[fields.Location.End..];
        }

        throw new BenchmarkException("no list came back that the devices' CA has signed.");
    }
}
