using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Threading.Tasks;
using Makapix.Testing;

namespace Makapix.EndToEnd.Tests.Support;

/// <summary>A new authority, made by <c>makapix ca init</c>: its passphrases come by file descriptors, as a script would hand them over.</summary>
internal static class NewAuthority
{
    internal const string RootPassphrase = "another horse battery";

    /// <summary>Runs <c>ca init</c> for <c>DIR</c> and <c>DIR-root</c> in the scratch folder.</summary>
    internal static Task<CliRun> MakeAsync(Scratch scratch, string name, params string[] more) =>
        Shell.RunAsync(Secrets(scratch), ["ca", "init", "--dir", scratch.At(name), "--root", scratch.At(name + "-root"), "--yes", "--passphrase-fd", "3", "--root-passphrase-fd", "4", .. more]);

    /// <summary>
    /// Encrypts the keys of an authority anew, so that they open at once: every command opens some, and the rounds that hold up who guesses
    /// passphrases would be much of what the tests take. Not for tests of <c>ca verify</c>, which finds it.
    /// </summary>
    internal static void MakeKeysCheap(string authority)
    {
        var cheap = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 1);
        foreach (var file in Directory.GetFiles(authority, "*.key"))
        {
            var pem = File.ReadAllText(file);
            var fields = PemEncoding.Find(pem);
            var key = Pkcs8PrivateKeyInfo.DecryptAndDecode(Workbench.Passphrase, Convert.FromBase64String(pem[fields.Base64Data]), out _);
            File.WriteAllText(file, PemEncoding.WriteString(pem.AsSpan()[fields.Label], key.Encrypt(Workbench.Passphrase, cheap)) + "\n");
        }
    }

    /// <summary>Both passphrases: the daily one on descriptor 3, the root's on 4.</summary>
    internal static CliStart Secrets(Scratch scratch) => new()
    {
        Descriptors = new()
        {
            [3] = scratch.Write("passphrase", Workbench.Passphrase + "\n"),
            [4] = scratch.Write("root-passphrase", RootPassphrase + "\n"),
        },
    };
}
