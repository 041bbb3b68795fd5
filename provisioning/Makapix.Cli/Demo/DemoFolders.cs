using System;
using System.IO;

namespace Makapix.Cli.Demo;

/// <summary>Where the demo keeps its things: a scratch folder that goes with it, or one that stays for a look.</summary>
internal sealed class DemoFolders : IDisposable
{
    private readonly bool _keep;

    private DemoFolders(string root, bool keep)
    {
        _keep = keep;
        Root = root;
        Directory.CreateDirectory(Broker);
    }

    public string Root { get; }

    /// <summary>The internal CA.</summary>
    public string Authority => Path.Combine(Root, "authority");

    /// <summary>Its root: in the field, a medium of its own.</summary>
    public string AuthorityRoot => Path.Combine(Root, "authority-root");

    /// <summary>The firmware bundle.</summary>
    public string Bundle => Path.Combine(Root, "bundle");

    /// <summary>The chip's silicon: its flash and its eFuses. What is in here is in the chip, not on a disk of the station.</summary>
    public string Chip => Path.Combine(Root, "chip");

    /// <summary>The station's journal.</summary>
    public string State => Path.Combine(Root, "state");

    /// <summary>The broker's configuration, certificates and CRL.</summary>
    public string Broker => Path.Combine(Root, "broker");

    /// <summary>The broker's chain, its key, whom it trusts, and the CRL of each issuer: the names that the CA gives them.</summary>
    public string BrokerCertificate => Path.Combine(Broker, "broker.crt");

    public string BrokerKey => Path.Combine(Broker, "broker.key");

    public string BrokerTrust => Path.Combine(Broker, "ca.crt");

    public string Crl => Path.Combine(Broker, "crl.pem");

    /// <summary>What a soldering iron gets at.</summary>
    public string Flash => Path.Combine(Chip, "flash.bin");

    public string Efuses => Path.Combine(Chip, "efuse.bin");

    /// <param name="keep">A folder to keep, empty or not there yet; null for a temporary one.</param>
    public static DemoFolders Create(string? keep)
    {
        if (keep is null)
        {
            return new DemoFolders(Directory.CreateTempSubdirectory("makapix-demo-").FullName, keep: false);
        }

        var root = Path.GetFullPath(keep);
        if (File.Exists(root) || (Directory.Exists(root) && Directory.GetFileSystemEntries(root).Length > 0))
        {
            throw new CliException("020", $"{keep} is there already and not empty.", "Name a folder that is not there yet.");
        }

        return new DemoFolders(Directory.CreateDirectory(root).FullName, keep: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_keep)
        {
            Directory.Delete(Root, recursive: true);
        }
    }
}
