using System;
using System.IO;

namespace Makapix.Cli;

/// <summary>
/// A credential that systemd hands to a service (<c>LoadCredentialEncrypted=</c>): a file in a folder of its own that lies in memory, and whose path alone
/// comes by the environment.
/// </summary>
internal static class SystemdCredential
{
    private const string Folder = "CREDENTIALS_DIRECTORY";

    /// <summary>Its one line. The caller clears the array after use.</summary>
    /// <exception cref="CliException">There is none, or it is no passphrase.</exception>
    public static char[] Read(string name, string what)
    {
        // A name, and no way out of the folder.
        if (name is "." or ".." || name.AsSpan().IndexOfAny('/', '\\', '\0') >= 0)
        {
            throw new CliException("015", $"'{name}' is no name of a credential.", "Give the name that stands in LoadCredential=, without a path.");
        }

        if (Environment.GetEnvironmentVariable(Folder) is not { Length: > 0 } folder)
        {
            throw new CliException("019", $"systemd handed over no credentials: {Folder} is not set.", "Start makapix as a service with LoadCredential=, or give the passphrase by the -fd option.");
        }

        try
        {
            using var file = File.OpenRead(Path.Combine(folder, name));
            return SecretInput.Filled(SecretInput.ReadLine(file, $"the credential '{name}'"), what);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException("017", $"the credential '{name}' cannot be read.", "See that the unit has LoadCredential= or LoadCredentialEncrypted= of that name.", e);
        }
    }
}
