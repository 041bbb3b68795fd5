using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Cli.Setup;

namespace Makapix.Cli.Demo.Checks;

/// <summary>openssl accepts each leaf by the root, for its own purpose and no other; and no CA key lies there unencrypted.</summary>
internal sealed class CaCheck : IDemoCheck
{
    public string Name => "ca";

    public async Task<string> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        var folder = Path.Combine(world.Folders.Root, "ca-check");
        Directory.CreateDirectory(folder);
        try
        {
            var root = Path.Combine(folder, "root.crt");
            File.WriteAllText(root, world.Authority.RootPem);
            await RequirePurposeAsync(root, WriteChain(folder, "device", world.DeviceChain), "the device's", "sslclient", "sslserver", cancel);
            await RequirePurposeAsync(root, world.Folders.BrokerCertificate, "the broker's", "sslserver", "sslclient", cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        string[] keys = [.. Directory.GetFiles(world.Folders.Authority, "*.key", SearchOption.AllDirectories), .. Directory.GetFiles(world.Folders.AuthorityRoot, "*.key")];
        var open = keys.Where(key => !File.ReadAllText(key).Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal)).Select(Path.GetFileName).ToArray();
        return open.Length > 0
            ? throw new CheckFailedException($"not encrypted: {string.Join(", ", open)}")
            : $"openssl -x509_strict: device and broker chains lead to the root, each for its own purpose only; {keys.Length} key files, all encrypted";
    }

    private static string WriteChain(string folder, string name, X509Certificate2Collection chain)
    {
        var path = Path.Combine(folder, $"{name}.crt");
        File.WriteAllText(path, string.Concat(chain.Select(certificate => certificate.ExportCertificatePem() + "\n")));
        return path;
    }

    private static async Task RequirePurposeAsync(string root, string chain, string whose, string purpose, string other, CancellationToken cancel)
    {
        if (!await VerifiesAsync(root, chain, purpose, cancel))
        {
            throw new CheckFailedException($"{whose} chain does not verify for {purpose}");
        }

        if (await VerifiesAsync(root, chain, other, cancel))
        {
            throw new CheckFailedException($"{whose} certificate is good for {other} as well: it could pose as what it is not");
        }
    }

    private static async Task<bool> VerifiesAsync(string root, string chain, string purpose, CancellationToken cancel)
    {
        string[] arguments = ["verify", "-x509_strict", "-purpose", purpose, "-CAfile", root, "-no-CApath", "-no-CAstore", "-untrusted", chain, chain];
        var run = await new ToolShell().RunAsync("openssl", arguments, cancel);
        return run.ExitCode is 0 or 2 ? run.Succeeded : throw new CheckFailedException($"openssl could not be asked: {run.Text.Trim()}");
    }
}
