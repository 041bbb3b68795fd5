using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Chips;

/// <summary>
/// One run at a port, whatever folder it keeps its journals in: esptool opens a port without asking whether somebody has it, and by that
/// alone resets the board, also one that is in the middle of a burn. To be taken before a tool is started, and kept until the last has ended.
/// </summary>
/// <remarks>A lock on a file, so it ends with its process. The files stay: to delete one is to take the lock from whoever just opened it.</remarks>
public sealed class PortLock : IDisposable
{
    private readonly FileStream _file;

    private PortLock(FileStream file) => _file = file;

    /// <summary>Where the locks of this user are.</summary>
    public static string DefaultFolder { get; } =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "makapix", "ports");

    /// <summary>Takes a port, by the device that its name leads to: <c>/dev/serial/by-path/…</c> and <c>/dev/ttyUSB0</c> may be one.</summary>
    /// <param name="port">The port.</param>
    /// <param name="folder">Where the locks are; the same for all that are to exclude each other.</param>
    /// <exception cref="ChipException">016: another run has it.</exception>
    public static PortLock Take(ChipPort port, string folder)
    {
        ArgumentNullException.ThrowIfNull(port);
        DurableFile.CreatePrivateFolder(folder);
        var device = DeviceOf(port);
        var path = Path.Combine(folder, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(device)))}.lock");
        try
        {
            return new PortLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new ChipException("016", $"another run is working at {port.Name}.", "Wait until it has ended: to open the port now would reset its board, perhaps in the middle of a burn.", e);
        }
    }

    /// <summary>The device that a port's name leads to.</summary>
    internal static string DeviceOf(ChipPort port) => port.IsVirtual ? port.Name : Resolve(port.Name);

    /// <summary>Lets go of the port.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>The path with every link in it followed, also those of its folders.</summary>
    private static string Resolve(string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return name[(name.StartsWith(@"\\.\", StringComparison.Ordinal) ? 4 : 0)..].ToUpperInvariant();
        }

        var full = Path.GetFullPath(name);
        return full[1..].Split('/').Aggregate("/", (folder, part) =>
        {
            var path = Path.Combine(folder, part);
            return File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? Resolve(target.FullName) : path;
        });
    }
}
