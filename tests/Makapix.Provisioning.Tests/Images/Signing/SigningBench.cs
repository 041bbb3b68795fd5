using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Images.Signing;
using Makapix.Provisioning.Tests.Line;

namespace Makapix.Provisioning.Tests.Images.Signing;

/// <summary>What takes a while to make and nothing changes: two signing keys, and the demo bundle signed by each.</summary>
internal static class SigningBench
{
    public const string Passphrase = "passphrase of the signing key";

    private static readonly Lazy<string> FirstKey = new(MakeKey);
    private static readonly Lazy<string> SecondKey = new(MakeKey);
    private static readonly Lazy<string> Build = new(MakeBuild);
    private static readonly Lazy<Task<string>> FirstBundle = new(() => SignAsync(Unsigned, KeyFile));
    private static readonly Lazy<Task<string>> SecondBundle = new(() => SignAsync(Unsigned, OtherKeyFile));

    /// <summary>File of the key that signs.</summary>
    public static string KeyFile => FirstKey.Value;

    /// <summary>File of somebody else's.</summary>
    public static string OtherKeyFile => SecondKey.Value;

    /// <summary>A bundle built for secure boot, not signed.</summary>
    public static string Unsigned => Build.Value;

    /// <summary>The same, signed.</summary>
    public static Task<string> SignedAsync() => FirstBundle.Value;

    /// <summary>The same for another chip.</summary>
    public static Task<string> SignedAsync(ChipProfile chip)
    {
        var folder = Workshop.NewPath();
        DemoBundle.Create(folder, secureBoot: true, chip);
        return SignAsync(folder, KeyFile);
    }

    /// <summary>The same, signed by somebody else.</summary>
    public static Task<string> SignedByOtherAsync() => SecondBundle.Value;

    /// <summary>A key at rest, as openssl writes one.</summary>
    public static string Encrypt(AsymmetricAlgorithm key) =>
        key.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000));

    public static async Task<BundleSigner> SignerAsync(IToolRunner? runner = null) => new(new EspTools(runner ?? new ProcessToolRunner(), await Workshop.ToolVersion));

    private static string MakeKey()
    {
        using var key = RSA.Create(3072);
        var path = Workshop.NewPath();
        File.WriteAllText(path, Encrypt(key));
        return path;
    }

    private static string MakeBuild()
    {
        var folder = Workshop.NewPath();
        DemoBundle.Create(folder, secureBoot: true);
        return folder;
    }

    private static async Task<string> SignAsync(string unsigned, string keyFile)
    {
        var folder = Workshop.NewPath();
        using var key = FirmwareKey.Open(keyFile, Passphrase);
        await (await SignerAsync()).SignAsync(unsigned, key, folder, default);
        return folder;
    }
}
