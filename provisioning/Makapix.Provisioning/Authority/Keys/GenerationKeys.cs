using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Makapix.Provisioning.Ledger;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>Every generation in an authority's folder, also those that another process adds meanwhile.</summary>
/// <param name="paths">The folder.</param>
/// <param name="keys">Open them.</param>
/// <param name="beforeKey">Called before one is opened.</param>
internal sealed class GenerationKeys(AuthorityPaths paths, KeyRing keys, Action? beforeKey) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<CaGeneration, GenerationKey> _loaded = [];

    /// <summary>All of them, oldest first.</summary>
    /// <exception cref="AuthorityException">MKX-CA-006: a certificate is damaged.</exception>
    public IReadOnlyList<GenerationKey> All()
    {
        lock (_gate)
        {
            return [.. CaGeneration.In(paths.Folder, ".crt").Select(Load)];
        }
    }

    /// <summary>The one that issues: the newest of its kind that is neither revoked nor out of its time; if there is none, the newest.</summary>
    /// <exception cref="AuthorityException">MKX-CA-004: there is none of that kind at all.</exception>
    public GenerationKey Active(CertificateKind kind, LedgerView record, DateTimeOffset now)
    {
        var newest = All().Where(one => one.Generation.Kind == kind).Reverse().ToList();
        return newest.FirstOrDefault(one => IsUsable(one, record, now)) ?? newest.FirstOrDefault() ?? throw AuthorityFile.Missing(paths.Certificate(new CaGeneration(kind, 1)), null);
    }

    /// <summary>Every issuing CA that is neither revoked nor expired: whose certificates count.</summary>
    public IReadOnlyList<GenerationKey> Trusted(LedgerView record, DateTimeOffset now) =>
        [.. All().Where(one => one.Generation.Kind != CertificateKind.AuditSigner && IsTrusted(one, record, now))];

    public void Dispose()
    {
        foreach (var one in _loaded.Values)
        {
            one.Dispose();
        }
    }

    private static bool IsUsable(GenerationKey one, LedgerView record, DateTimeOffset now) =>
        IsTrusted(one, record, now) && now >= one.Certificate.NotBefore.ToUniversalTime();

    // Also by a clock that is behind: it must not make a broker trust nobody.
    private static bool IsTrusted(GenerationKey one, LedgerView record, DateTimeOffset now) =>
        record.FindCertificate(one.Certificate.SerialNumber) is { RevokedAt: null } && now < one.Certificate.NotAfter.ToUniversalTime();

    private GenerationKey Load(CaGeneration generation)
    {
        if (!_loaded.TryGetValue(generation, out var one))
        {
            var certificate = AuthorityFile.ReadCertificate(paths.Certificate(generation));
            _loaded[generation] = one = new GenerationKey(generation, certificate, () =>
            {
                beforeKey?.Invoke();
                return keys.Open(paths.Of(generation), certificate);
            });
        }

        return one;
    }
}
