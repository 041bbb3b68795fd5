using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker;
using Makapix.Provisioning.Broker.Web;
using Makapix.Provisioning.Tests.Broker.Kit;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Web;

/// <summary>Which tokens hold.</summary>
[TestClass]
public sealed class WebTokenTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
    private static readonly Guid Player = new("01234567-89ab-4cde-8f01-23456789abcd");

    public static IEnumerable<object[]> Forgeries => ((string[])
    [
        "signed by somebody else", "algorithm none", "our public key as a secret", "of last hour", "of tomorrow", "for a day", "without an end", "for somebody else's service", "from somebody else",
        "without a player", "for a wildcard", "without an id", "a byte changed", "cut short", "longer than a token", "empty",
    ]).Select(name => new object[] { name });

    [TestMethod]
    public async Task What_the_website_signed_holds_until_its_end()
    {
        using var bench = new KitBench();
        bench.AddWeb();
        using var key = WebTokenKey.Open(bench.TokenKey, KitBench.TokenPassphrase);
        var clock = new SetClock(Now);
        using var verifier = new WebTokenVerifier(key.PublicPem(), clock);
        var text = key.Sign(Player, TimeSpan.FromMinutes(10), Now);
        var token = await verifier.ReadAsync(text);
        Assert.AreEqual((Player, Now.AddMinutes(10)), (token!.Player, token.Ends));
        clock.Now = Now.AddSeconds(-30);
        Assert.IsNotNull(await verifier.ReadAsync(text), "from a website whose clock is half a minute ahead");
        clock.Now = Now.AddSeconds(-31);
        Assert.IsNull(await verifier.ReadAsync(text));
        clock.Now = Now.AddMinutes(10).AddSeconds(-1);
        Assert.IsNotNull(await verifier.ReadAsync(text));
        clock.Now = Now.AddMinutes(10);
        Assert.IsNull(await verifier.ReadAsync(text));
    }

    [TestMethod]
    [DynamicData(nameof(Forgeries))]
    public async Task A_forgery_does_not_hold(string what)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var verifier = new WebTokenVerifier(key.ExportSubjectPublicKeyInfoPem(), new SetClock(Now));
        Assert.IsNotNull(await verifier.ReadAsync(Made(key, "sound")), "made as these are, but sound");
        Assert.IsNull(await verifier.ReadAsync(Made(key, what)));
    }

    [TestMethod]
    [DataRow("041", "another passphrase")]
    [DataRow("041", "a key without a passphrase")]
    [DataRow("041", "RSA")]
    public void Keys_that_are_none_are_named(string code, string what)
    {
        using var scratch = new Scratch();
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        var pbe = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        var file = scratch.Write("key", what switch
        {
            "a key without a passphrase" => ec.ExportPkcs8PrivateKeyPem(),
            "RSA" => rsa.ExportEncryptedPkcs8PrivateKeyPem("right", pbe),
            _ => ec.ExportEncryptedPkcs8PrivateKeyPem("right", pbe),
        });
        var refused = Assert.ThrowsExactly<BrokerException>(() =>
        {
            using var opened = WebTokenKey.Open(file, what == "another passphrase" ? "wrong" : "right");
        });
        Assert.AreEqual($"MKX-BROKER-{code}", refused.Code);
        Assert.DoesNotContain("right", refused.Message);
    }

    [TestMethod]
    [DataRow("noise")]
    [DataRow("a private key as the public one")]
    [DataRow("of another curve")]
    [DataRow("RSA")]
    public void No_other_key_tells_tokens(string what)
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        var pem = what switch
        {
            "a private key as the public one" => ec.ExportECPrivateKeyPem(),
            "of another curve" => other.ExportSubjectPublicKeyInfoPem(),
            "RSA" => rsa.ExportSubjectPublicKeyInfoPem(),
            _ => what,
        };
        var refused = Assert.ThrowsExactly<BrokerException>(() => new WebTokenVerifier(pem, TimeProvider.System));
        Assert.AreEqual("MKX-BROKER-042", refused.Code);
    }

    // RFC 7515 by hand, so that what the library would not write is written too.
    private static string Made(ECDsa key, string what)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = what == "from somebody else" ? "somebody" : "makapix",
            ["aud"] = what == "for somebody else's service" ? "makapix-shop" : "makapix-web",
            ["jti"] = $"{Guid.NewGuid():D}",
            ["player"] = what == "for a wildcard" ? "+" : $"{Player:D}",
            ["nbf"] = Now.AddMinutes(what switch { "of last hour" => -50, "of tomorrow" => 1440, _ => -1 }).ToUnixTimeSeconds(),
            ["exp"] = Now.AddMinutes(what switch { "of last hour" => -1, "of tomorrow" => 1450, "for a day" => 1439, _ => 9 }).ToUnixTimeSeconds(),
            ["pad"] = what == "longer than a token" ? new string('x', 2000) : "",
        };
        claims.Remove(what switch { "without an end" => "exp", "without a player" => "player", "without an id" => "jti", _ => "" });
        var algorithm = what switch { "algorithm none" => "none", "our public key as a secret" => "HS256", _ => "ES256" };
        var signed = $"{Base64Url.Of($"{{\"alg\":\"{algorithm}\",\"typ\":\"JWT\"}}")}.{Base64Url.Of(JsonSerializer.Serialize(claims))}";
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = algorithm switch
        {
            "none" => [],
            "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(signed)),
            _ => (what == "signed by somebody else" ? stranger : key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256),
        };
        var token = $"{signed}.{Base64Url.Of(signature)}";
        return what switch
        {
            "a byte changed" => token[..20] + (token[20] == 'A' ? 'B' : 'A') + token[21..],
            "cut short" => token[..^4],
            "empty" => "",
            _ => token,
        };
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private static class Base64Url
    {
        public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

        public static string Of(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }
}
