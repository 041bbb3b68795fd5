using System.Security.Cryptography;
using Makapix.Provisioning.Images;

namespace Makapix.Cli.Demo;

/// <summary>The secrets of a provisioned device, to look for where they must not be.</summary>
internal static class DeviceSecrets
{
    /// <summary>The private key's scalar: what is around it in DER is public. Its PEM is its base64, which <see cref="SecretNeedles"/> knows at every alignment.</summary>
    public static byte[] PrivateScalar(IdentityBlob identity)
    {
        using var key = ECDsa.Create();
        key.ImportECPrivateKey(identity.PrivateKey, out _);
        return key.ExportParameters(includePrivateParameters: true).D!;
    }
}
