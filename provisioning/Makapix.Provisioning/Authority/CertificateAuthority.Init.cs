using System;
using System.IO;
using System.Threading;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Ledger;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority;

/// <summary>The beginning of an authority.</summary>
public sealed partial class CertificateAuthority
{
    private const string RenameDaily = "rename";
    private const string RenameRoot = "rename-root";

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
    /// MKX-CA-001, 003, 070: the plan. 002: a passphrase is too short. 072: both are the same. 06x: a token. 075: an earlier init was interrupted. 076: the database
    /// server was lost in the last step.
    /// </exception>
    /// <exception cref="LedgerException">The ledger cannot be made, or is somebody's already; nothing is left behind but a ledger without an entry, which the next init takes.</exception>
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

        RequireNotBegun(plan.Folder, options);
        plan.Require();
        Build(plan, passphrase, rootPassphrase, options, cancel);
        return Open(plan.Folder, passphrase, options);
    }

    /// <summary>Whether a passphrase will do, before the other one is asked for.</summary>
    /// <param name="passphrase">It.</param>
    /// <exception cref="AuthorityException">MKX-CA-002: it is too short.</exception>
    public static void RequireStrength(ReadOnlySpan<char> passphrase) => Passphrase.RequireStrength(passphrase);

    private static void Build(CeremonyPlan plan, ReadOnlySpan<char> passphrase, ReadOnlySpan<char> rootPassphrase, AuthorityOptions options, CancellationToken cancel)
    {
        using var daily = new NewFolder(plan.Folder);
        using var root = new NewFolder(plan.RootFolder);
        var named = false;
        void Name((NewFolder Folder, string Step)[] order)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var (folder, step) in order)
            {
                options.BeforeWrite?.Invoke(step);
                folder.Move();
            }

            named = true;
        }

        try
        {
            using var keys = new KeyRing(passphrase, options.KeyRounds);
            using var rootKeys = new KeyRing(rootPassphrase, options.KeyRounds);
            var builder = new AuthorityBuilder(plan, new AuthorityPaths(daily.Path), new AuthorityPaths(root.Path), keys, rootKeys, options, cancel);

            // A ledger in the folder takes its name with it, and what was renamed has all of it. One on a server cannot: its commit is the last, so that it never has
            // an authority that there is not; and the daily folder is before the root's, since by it alone can be told what became of both.
            builder.Build(beforeCommit: shared =>
            {
                if (shared)
                {
                    Name([(daily, RenameDaily), (root, RenameRoot)]);
                }
            });
            if (!named)
            {
                Name([(root, RenameRoot), (daily, RenameDaily)]);
            }
        }
        catch (LedgerException e) when (e.Code == LedgerFailure.UnknownCode && named)
        {
            daily.Keep();
            root.Keep();
            throw new AuthorityException(
                "076",
                "the database server was lost while it wrote down the new authority: nobody knows whether it has it.",
                $"When the server is back, run 'makapix ca verify {plan.Folder}': if that finds nothing, the authority is there and good. Else move {plan.Folder} and {plan.RootFolder} away, and run the command again.",
                e);
        }

        daily.Keep();
        root.Keep();
    }

    // Else what is there would be called a folder that is not empty, and nobody would know what to do with it.
    private static void RequireNotBegun(string folder, AuthorityOptions options)
    {
        if (!File.Exists(Path.Combine(folder, LedgerFile.Name)))
        {
            return;
        }

        try
        {
            using var ledger = AuthorityLedger.Open(folder, options);
            using var record = ledger.Read();
            AuthorityLedger.RequireFinished(record, folder);
        }
        catch (LedgerException)
        {
            // Whatever it is, it is something: nothing is made there.
        }
    }
}
