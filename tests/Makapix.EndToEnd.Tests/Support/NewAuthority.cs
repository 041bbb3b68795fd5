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
