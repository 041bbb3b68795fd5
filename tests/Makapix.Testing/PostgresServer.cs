using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Testing;

/// <summary>
/// A real PostgreSQL of the distribution, on a socket in a folder of its own: nobody else's server is touched, and no port is taken. It ends
/// with the test program, however that ends.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string User = "makapix";
    private const string Programs = "/usr/lib/postgresql";

    // It goes when its standard input does: a test program that was killed leaves no server behind. SIGQUIT: at once, as in a power cut.
    private const string Leash = """
        "$@" & server=$!
        cat >/dev/null
        kill -QUIT "$server"
        wait "$server"
        """;

    // Longer than a start takes on a busy machine; only a hang meets it.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Scratch _scratch = new();
    private readonly StringBuilder _log = new();
    private readonly string _programs = Find();
    private Process? _process;
    private int _databases;

    /// <summary>Makes its data folder; it does not run yet.</summary>
    public PostgresServer()
    {
        _scratch.Folder("data");
        if (Environment.IsPrivilegedProcess)
        {
            // initdb and the server refuse to run as root; the package brings a user for them.
            Run("chown", "-R", "postgres:postgres", _scratch.Root);
        }

        Run(AsServer(Path.Combine(_programs, "initdb"), "-D", _scratch.At("data"), "-U", User, "-A", "trust", "--locale=C", "--encoding=UTF8", "--no-sync"));
    }

    /// <summary>Starts it, and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public void Start()
    {
        using var ready = new ManualResetEventSlim();
        string[] server =
        [
            Path.Combine(_programs, "postgres"), "-D", _scratch.At("data"), "-k", _scratch.Root, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "autovacuum=off", "-c", "max_connections=100",
        ];
        string[] command = AsServer(["sh", "-c", Leash, "sh", .. server]);
        _process = new Process { StartInfo = Redirected(command) };
        _process.OutputDataReceived += (_, line) => Note(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Note(line.Data, ready);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (!ready.Wait(Limit))
        {
            throw new InvalidOperationException($"PostgreSQL did not start:\n{_log}");
        }
    }

    /// <summary>Makes a new database.</summary>
    /// <returns>How to connect to it: Npgsql's keywords.</returns>
    public string CreateDatabase()
    {
        string name = $"ledger{Interlocked.Increment(ref _databases)}";
        Run(Path.Combine(_programs, "createdb"), "-h", _scratch.Root, "-U", User, "-T", "template0", name);
        return $"Host={_scratch.Root};Database={name};Username={User}";
    }

    /// <summary>Stops it at once, with whatever it was about.</summary>
    public void Kill()
    {
        if (_process is { } process)
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
            _process = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _scratch.Dispose();
    }

    private static string Find()
    {
        string[] versions = Directory.Exists(Programs) ? Directory.GetDirectories(Programs) : [];
        return versions.Where(version => File.Exists(Path.Combine(version, "bin", "initdb"))).MaxBy(version => int.TryParse(Path.GetFileName(version), out int number) ? number : 0) is { } newest
            ? Path.Combine(newest, "bin")
            : throw new InvalidOperationException($"there is no PostgreSQL server in {Programs}. Run ./makapix setup.");
    }

    private static string[] AsServer(params string[] command) =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", .. command] : command;

    private static void Run(params string[] command)
    {
        using var process = new Process { StartInfo = Redirected(command) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{command[0]} cannot be started. Run ./makapix setup.", e);
        }

        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} failed:\n{output}{error.Result}");
        }
    }

    private static ProcessStartInfo Redirected(string[] command) =>
        new(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };

    private void Note(string? line, ManualResetEventSlim ready)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }

        if (line?.Contains("database system is ready to accept connections", StringComparison.Ordinal) == true)
        {
            ready.Set();
        }
    }
}
