using System;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Makapix.Provisioning.Broker.Web;

/// <summary>Tells a token that the website signed and that holds now from everything else.</summary>
public sealed class WebTokenVerifier : IDisposable
{
    // A token is about 350 characters.
    private const int MaxCharacters = 1024;

    // The website's clock may be ahead of ours: a page comes with its token at once. Its end is not put off by that.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private readonly ECDsa _key = ECDsa.Create();
    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxCharacters };
    private readonly TokenValidationParameters _demands;

    /// <param name="publicPem">The public half of <see cref="WebTokenKey"/>, PEM.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="BrokerException">042: it is none.</exception>
    public WebTokenVerifier(string publicPem, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        try
        {
            Import(publicPem);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            _key.Dispose();
            throw new BrokerException("042", "token.pem is no public key of ECDSA P-256.", "Write it anew: openssl pkey -in KEY -pubout -out token.pem.", e);
        }

        _demands = new TokenValidationParameters
        {
            IssuerSigningKey = new ECDsaSecurityKey(_key),

            // Not what the token itself asks for: 'none', or our public key as an HMAC secret.
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidIssuer = WebToken.Issuer,
            ValidAudience = WebToken.Audience,
            LifetimeValidator = (begins, ends, _, _) => begins is { } from && ends is { } to && to - from <= WebToken.LongestLife && from <= clock.GetUtcNow().UtcDateTime + Skew && clock.GetUtcNow().UtcDateTime < to,
        };
    }

    /// <summary>Reads one.</summary>
    /// <returns>Null if it is none that holds.</returns>
    public async Task<WebToken?> ReadAsync(string text)
    {
        if (text.Length > MaxCharacters)
        {
            return null;
        }

        var result = await _handler.ValidateTokenAsync(text, _demands);
        return result is { IsValid: true, SecurityToken: JsonWebToken token }
            && Guid.TryParse(token.Id, out var id)
            && token.TryGetPayloadValue<string>(WebToken.PlayerClaim, out var named) && Guid.TryParseExact(named, "D", out var player)
            ? new WebToken(id, player, token.ValidTo)
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    // A private key here would make of whoever takes this machine the website.
    private void Import(string publicPem)
    {
        var fields = PemEncoding.Find(publicPem);
        if (publicPem[fields.Label] != "PUBLIC KEY")
        {
            throw new CryptographicException("It is another thing than a public key.");
        }

        _key.ImportFromPem(publicPem);
        if (_key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
        {
            throw new CryptographicException("It is of another curve.");
        }
    }
}
