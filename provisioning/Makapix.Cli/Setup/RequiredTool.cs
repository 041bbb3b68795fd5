using System;

namespace Makapix.Cli.Setup;

/// <summary>A program that makapix drives.</summary>
/// <param name="Name">Its name on PATH.</param>
/// <param name="Purpose">What it is for, for people.</param>
/// <param name="Arguments">What makes it print its version, or run at all.</param>
/// <param name="Minimum">The oldest version that will do; null if any does or the tool does not tell.</param>
internal sealed record RequiredTool(string Name, string Purpose, string[] Arguments, Version? Minimum)
{
    /// <summary>esptool 4.7 is the oldest that knows all chips and the JSON summaries that the line reads.</summary>
    public static readonly Version OldestEsptool = new(4, 7);

    public static RequiredTool Mosquitto { get; } = new("mosquitto", "the broker of the demo and the tests", ["-h"], new Version(2, 0));

    public static RequiredTool Esptool { get; } = new("esptool", "writes a chip's flash", ["version"], OldestEsptool);

    public static RequiredTool Espefuse { get; } = new("espefuse", "burns and reads eFuses", ["--help"], OldestEsptool);

    public static RequiredTool Espsecure { get; } = new("espsecure", "what our encryption is held against", ["--help"], null);

    public static RequiredTool OpenSsl { get; } = new("openssl", "what our certificates are held against", ["version"], new Version(1, 1, 1));

    public static RequiredTool JsonSchema { get; } = new("jsonschema", "what the device's payload guard is held against (python3-jsonschema)", ["--version"], new Version(4, 0));

    public static RequiredTool Postgres { get; } = new("postgres", "the shared ledger's database, in the tests", ["--version"], new Version(13, 0));

    public static RequiredTool SoftHsm { get; } = new("softhsm2-util", "the token that CA keys on tokens are tested with", ["--version"], new Version(2, 6));

    public static RequiredTool OpenSc { get; } = new("opensc-tool", "its pkcs11-tool makes the keys on that token", ["--info"], null);

    public static RequiredTool HaProxy { get; } = new("haproxy", "the front of the broker, in the demo and the tests", ["-v"], new Version(2, 6));

    public static RequiredTool Nft { get; } = new("nft", "what the kit's packet filter is held against", ["--version"], new Version(1, 0));

    public static RequiredTool Ip { get; } = new("ip", "the wire that the kit's packet filter is tried on", ["-V"], null);

    public static RequiredTool Fail2Ban { get; } = new("fail2ban-regex", "what the kit's filter for the front's log is held against", ["--version"], new Version(1, 0));

    public static RequiredTool AppArmor { get; } = new("apparmor_parser", "what the kit's profile is held against", ["--version"], new Version(3, 0));

    public static RequiredTool SystemdAnalyze { get; } = new("systemd-analyze", "what the kit's unit is held against", ["--version"], null);

    public static RequiredTool[] All { get; } =
        [Mosquitto, Esptool, Espefuse, Espsecure, OpenSsl, JsonSchema, SoftHsm, OpenSc, Postgres, HaProxy, Nft, Ip, Fail2Ban, AppArmor, SystemdAnalyze];
}
