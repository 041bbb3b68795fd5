using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using Makapix.Provisioning.Images;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Makapix.Provisioning.Broker.Web;

/// <summary>The key that signs tokens, ECDSA P-256. It is the website's; the broker's machine has the public half alone, and cannot make a token.</summary>
public sealed class WebTokenKey : IDisposable
{
    private const int MaxBytes = 64 * 1024;

    private readonly ECDsa _key;

    private WebTokenKey(ECDsa key) => _key = key;

    /// <summary>Opens it.</summary>
    /// <param name="path">A file of encrypted PKCS#8, PEM.</param>
    /// <param name="passphrase">Its passphrase; the caller clears it.</param>
    /// <exception cref="BrokerException">041: it is none, or does not open.</exception>
    public static WebTokenKey Open(string path, ReadOnlySpan<char> passphrase)
    {
        var text = Encoding.ASCII.GetString(BoundedFile.Read(path, MaxBytes) ?? []);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromEncryptedPem(text, passphrase);
            return key.KeySize == 256 ? new WebTokenKey(key) : throw new CryptographicException("It is of another size.");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new BrokerException(
                "041", $"'{Path.GetFileName(path)}' is no encrypted key of ECDSA P-256, or the passphrase is another.", "Make one: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -out FILE.", e);
        }
    }

    /// <summary>The public half, PEM: what the broker's machine is given.</summary>
    public string PublicPem() => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <summary>Signs a token.</summary>
    /// <param name="player">Whose topics it is for.</param>
    /// <param name="life">How long; to <see cref="WebToken.LongestLife"/>.</param>
    /// <param name="now">The time, UTC.</param>
    /// <returns>A JSON Web Token (RFC 7519), ES256.</returns>
    public string Sign(Guid player, TimeSpan life, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(life, WebToken.LongestLife);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(life, TimeSpan.Zero);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = WebToken.Issuer,
            Audience = WebToken.Audience,
            NotBefore = now.UtcDateTime,
            Expires = (now + life).UtcDateTime,
            Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Jti] = $"{Guid.NewGuid():D}", [WebToken.PlayerClaim] = $"{player:D}" },
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_key) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } }, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
