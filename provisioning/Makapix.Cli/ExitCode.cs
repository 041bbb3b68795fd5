namespace Makapix.Cli;

/// <summary>What the process answers its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <summary>A virtual chip that lost its power (sysexits.h EX_TEMPFAIL).</summary>
    public const int PowerCut = 75;

    /// <summary>128 + SIGINT, as shells count.</summary>
    public const int Interrupted = 130;
}
