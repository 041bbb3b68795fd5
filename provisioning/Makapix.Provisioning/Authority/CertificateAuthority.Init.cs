using System;
using System.IO;
using System.Threading;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority;

/// <summary>The beginning of an authority.</summary>
public sealed partial class CertificateAuthority
{
    /// <summary>
    /// Makes a new authority: root, both issuing CAs, the audit signer, the secret for device keys. All of it is built in folders beside those of
    /// the plan that take their names at the very end, so there is a whole authority or none.
    /// </summary>
    /// <param name="plan">What is made, and where.</param>
    /// <param name="passphrase">Encrypts the secrets of the daily work, or is their token's PIN; at least 8 characters. The caller clears it.</param>
    /// <param name="rootPassphrase">Encrypts the root's key, or is its token's PIN; another one. The caller clears it.</param>
    /// <param name="options">Clock and the like; the defaults fit production.</param>
    /// <param name="cancel">Gives up, and leaves nothing behind.</param>
    /// <exception cref="AuthorityException">
    /// MKX-CA-001, 003, 070: the plan. 002: a passphrase is too short. 072: both are the same. 06x: a token.
    /// </exception>
    /// <exception cref="IOException">The disk would not have it; nothing is left behind.</exception>
    public static CertificateAuthority Init(
        CeremonyPlan plan, ReadOnlySpan<char> passphrase, ReadOnlySpan<char> rootPassphrase, AuthorityOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new AuthorityOptions();
        RequireStrength(passphrase);
        RequireStrength(rootPassphrase);
        if (passphrase.SequenceEqual(rootPassphrase))
        {
            throw new AuthorityException("072", "the root has the passphrase of the daily work: whoever types that every day could open it.", "Choose another one for the root.");
        }

        plan.Require();
        using var daily = new NewFolder(plan.Folder);
        using var root = new NewFolder(plan.RootFolder);
        using (var keys = new KeyRing(passphrase, options.KeyRounds))
        using (var rootKeys = new KeyRing(rootPassphrase, options.KeyRounds))
        {
            new AuthorityBuilder(plan, new AuthorityPaths(daily.Path), new AuthorityPaths(root.Path), keys, rootKeys, options, cancel).Build();
        }

        cancel.ThrowIfCancellationRequested();
        options.BeforeWrite?.Invoke("rename-root");
        root.Move();
        options.BeforeWrite?.Invoke("rename");
        daily.Move();
        root.Keep();
        daily.Keep();
        return Open(plan.Folder, passphrase, options);
    }

    /// <summary>Whether a passphrase will do, before the other one is asked for.</summary>
    /// <param name="passphrase">It.</param>
    /// <exception cref="AuthorityException">MKX-CA-002: it is too short.</exception>
    public static void RequireStrength(ReadOnlySpan<char> passphrase) => Passphrase.RequireStrength(passphrase);
}
