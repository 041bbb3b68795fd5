using System.IO;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>Keys that never leave a PKCS#11 token. The folder holds the key's URI, without PIN, in <c>NAME.p11</c>; the PIN is the passphrase.</summary>
internal sealed class TokenKeyStore(Passphrase pin) : IKeyStore
{
    private const int MaxBytes = 4096;

    public static void Save(string name, TokenUri uri) => DurableFile.Create(PathOf(name), Encoding.UTF8.GetBytes(uri + "\n"), DurableFile.Private);

    public bool Holds(string name) => File.Exists(PathOf(name));

    public SigningKey Open(string name, X509Certificate2 certificate) => Open(Read(PathOf(name)));

    /// <summary>The URI in a file.</summary>
    /// <exception cref="AuthorityException">MKX-CA-006: it holds none.</exception>
    public static TokenUri Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxBytes ? TokenUri.Parse(File.ReadAllText(path).TrimEnd('\n')) : throw AuthorityFile.Damaged(path);
        }
        catch (AuthorityException e) when (e.Code is "MKX-CA-060" or "MKX-CA-061")
        {
            throw AuthorityFile.Damaged(path, e);
        }
    }

    /// <exception cref="AuthorityException">MKX-CA-062 to 066: the token, its PIN or the key.</exception>
    public SigningKey Open(TokenUri uri) => TokenSession.Open(uri, pin).ToSigningKey();

    private static string PathOf(string name) => name + ".p11";
}
