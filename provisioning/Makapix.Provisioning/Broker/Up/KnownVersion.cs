using System;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>A program whose versions differ in what they make of its file.</summary>
/// <param name="Program">Its name.</param>
/// <param name="Asking">What makes it print its version.</param>
/// <param name="Oldest">The oldest that the kit is written for.</param>
/// <param name="Next">The first that it is not known to be written for.</param>
internal sealed partial record KnownVersion(string Program, string Asking, Version Oldest, Version Next)
{
    // 128 and the number of SIGINT.
    private const int Interrupted = 130;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    public static KnownVersion Mosquitto { get; } = new("mosquitto", "-h", new Version(2, 0, 11), new Version(2, 2));

    /// <summary>2.6 is Debian 12's.</summary>
    public static KnownVersion HaProxy { get; } = new("haproxy", "-v", new Version(2, 6), new Version(4, 0));

    /// <summary>Whether the kit is written for it.</summary>
    public bool Knows(Version version) => version >= Oldest && version < Next;

    /// <summary>Asks it.</summary>
    /// <exception cref="BrokerException">002, 032: it is not installed, or of a version that the kit is not written for.</exception>
    public async Task RequireAsync(CancellationToken cancel)
    {
        var (exitCode, said) = await AskedProgram.AskAsync(Program, [Asking], cancel);
        if (exitCode == Interrupted)
        {
            // Ctrl-C reaches it before us.
            await Task.Delay(Grace, cancel);
        }

        if (Read(said) is not { } version || !Knows(version))
        {
            var found = Read(said) is { } other ? $"is {other}" : "does not tell its version";
            throw new BrokerException("032", $"{Program} {found}; the kit is written for {Oldest} and newer, before {Next}.", $"Install such a {Program}: ./makapix setup installs the distribution's.");
        }
    }

    internal static Version? Read(string said) => First().Match(said) is { Success: true } match && Version.TryParse(match.Groups[1].Value, out var version) ? version : null;

    [GeneratedRegex(@"version (\d{1,4}\.\d{1,4}(?:\.\d{1,4})?)", RegexOptions.IgnoreCase)]
    private static partial Regex First();
}
