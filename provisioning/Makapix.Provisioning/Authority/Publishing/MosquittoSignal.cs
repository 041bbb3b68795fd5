using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace Makapix.Provisioning.Authority.Publishing;

/// <summary>SIGHUP to a mosquitto: it reads its CRL, its own certificate and its key anew, and its trust file not.</summary>
public sealed class MosquittoSignal : IBrokerReload
{
    private const int HangUp = 1;
    private readonly string? _pidFile;
    private readonly int _pid;

    /// <param name="pid">Its process id.</param>
    public MosquittoSignal(int pid) => _pid = pid;

    /// <param name="pidFile">The file that it keeps its process id in (<c>pid_file</c>).</param>
    public MosquittoSignal(string pidFile) => _pidFile = pidFile;

    /// <inheritdoc/>
    public void Reload()
    {
        var pid = _pidFile is null ? _pid : ReadPid(_pidFile);

        // A process id is somebody else's soon after its owner is gone, and SIGHUP ends most programs.
        if (NameOf(pid) != "mosquitto")
        {
            throw NotTold($"process {pid} is no mosquitto", null);
        }

        if (kill(pid, HangUp) != 0)
        {
            throw NotTold($"process {pid} may not be signalled by this user", null);
        }
    }

    private static int ReadPid(string path)
    {
        try
        {
            return int.TryParse(File.ReadAllText(path).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : throw NotTold($"'{path}' holds no process id", null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotTold($"'{path}' cannot be read", e);
        }
    }

    private static string? NameOf(int pid)
    {
        try
        {
            return pid > 0 ? File.ReadAllText($"/proc/{pid}/comm").TrimEnd('\n') : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static AuthorityException NotTold(string cause, Exception? inner) =>
        new("082", $"the broker could not be told of the new revocation lists: {cause}.", "Reload it by hand (systemctl reload mosquitto), and name its pid_file to makapix.", inner);

#pragma warning disable SYSLIB1054, IDE1006, CA5392 // One call of libc, by its own name.
    [DllImport("libc")]
    private static extern int kill(int pid, int signal);
#pragma warning restore SYSLIB1054, IDE1006, CA5392
}
