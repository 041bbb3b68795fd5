using System.Text.Json.Serialization;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>The kinds of key that a profile may allow. What is signed with one is signed in the one way that <see cref="KeyKinds"/> says.</summary>
public enum KeyKind
{
    /// <summary>ECDSA on P-256, with SHA-256.</summary>
    [JsonStringEnumMemberName("ec-p256")]
    EcP256,

    /// <summary>ECDSA on P-384, with SHA-384: a weaker hash would waste the curve.</summary>
    [JsonStringEnumMemberName("ec-p384")]
    EcP384,

    /// <summary>RSA of 3072 bits, PKCS#1 v1.5 with SHA-256.</summary>
    [JsonStringEnumMemberName("rsa-3072")]
    Rsa3072,

    /// <summary>RSA of 4096 bits, PKCS#1 v1.5 with SHA-256.</summary>
    [JsonStringEnumMemberName("rsa-4096")]
    Rsa4096,
}
