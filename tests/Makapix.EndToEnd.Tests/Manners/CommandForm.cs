using System.Linq;

namespace Makapix.EndToEnd.Tests.Manners;

/// <summary>A command and what it cannot do without.</summary>
/// <param name="Name">As it is typed.</param>
/// <param name="Required">Its required options, each with a value that parses.</param>
/// <param name="Arguments">Its required arguments.</param>
internal sealed record CommandForm(string Name, (string Option, string Value)[] Required, params string[] Arguments)
{
    /// <summary>Every command there is; <see cref="UsageTests"/> holds this list against the help.</summary>
    public static readonly CommandForm[] All =
    [
        new("demo", []),
        new("device plan", [("--chip", "esp32")]),
        new("device provision", [("--port", "socket://127.0.0.1:1"), ("--bundle", "b"), ("--authority", "a"), ("--broker", "b.example:8883")]),
        new("device resume", [("--port", "socket://127.0.0.1:1"), ("--bundle", "b"), ("--authority", "a")]),
        new("device run", [("--chip", "c")]),
        new("device list", [("--dir", "d")]),
        new("device batches", [("--dir", "d")]),
        new("device show", [("--dir", "d")], "device"),
        new("device history", [("--dir", "d")], "device"),
        new("device label", [("--dir", "d"), ("--out", "o")], "device"),
        new("ca init", [("--dir", "d"), ("--root", "r")]),
        new("ca issue-broker", [("--dir", "d"), ("--host", "h"), ("--out", "o")]),
        new("ca issue-operator", [("--dir", "d"), ("--name", "n"), ("--out", "o")]),
        new("ca issue-service", [("--dir", "d"), ("--name", "n"), ("--out", "o")]),
        new("ca sign", [("--dir", "d"), ("--csr", "c"), ("--profile", "operator"), ("--out", "o"), ("--cn", "op_n")]),
        new("ca revoke", [("--dir", "d"), ("--cn", "n"), ("--reason", "superseded")]),
        new("ca crl", [("--dir", "d"), ("--out", "o")]),
        new("ca trust", [("--dir", "d"), ("--out", "o")]),
        new("ca rotate-issuing", [("--dir", "d"), ("--root", "r"), ("--kind", "devices")]),
        new("ca revoke-issuing", [("--dir", "d"), ("--root", "r"), ("--ca", "devices-issuing-g1"), ("--reason", "cACompromise")]),
        new("ca show", [("--dir", "d")]),
        new("ca verify", [], "dir"),
        new("ledger verify", [("--dir", "d")]),
        new("ledger head", [("--dir", "d"), ("--out", "o")]),
        new("ledger show", [("--dir", "d")]),
        new("ledger accept-clock", [("--dir", "d"), ("--reason", "r")]),
        new("bundle create", [("--from", "f"), ("--out", "o")]),
        new("bundle sign", [("--bundle", "b"), ("--key", "k"), ("--out", "o")]),
        new("bundle verify", [], "dir"),
        new("bundle demo", [("--out", "o")]),
        new("image encrypt", [("--chip", "esp32"), ("--key", "k"), ("--offset", "0")], "in", "out"),
        new("image decrypt", [("--chip", "esp32"), ("--key", "k"), ("--offset", "0")], "in", "out"),
        new("identity dev", [("--authority", "a"), ("--broker", "b.example:8883")]),
        new("schema compile", []),
        new("payload check", [], "file") { TakesMore = true },
        new("broker kit", [("--config", "c"), ("--out", "o")]),
        new("broker lint", [], "file") { TakesMore = true },
        new("broker check", []),
        new("broker up", [("--config", "c"), ("--dir", "d")]),
        new("broker reload", [("--dir", "d")]),
        new("broker status", [("--dir", "d")]),
        new("broker entry", [("--config", "c")]),
        new("broker token", [("--key", "k"), ("--device-id", "01234567-89ab-4cde-8f01-23456789abcd")]),
        new("fleet simulate", []),
        new("virtual-chip", [("--listen", "127.0.0.1:0"), ("--state", "s")]),
        new("explain", []),
        new("doctor", []),
        new("setup", []),
    ];

    /// <summary>Whether its last argument may be given again and again.</summary>
    public bool TakesMore { get; init; }

    /// <summary>The whole command line, without the options of those names.</summary>
    public string[] Without(params string[] options) =>
        [.. Name.Split(' '), .. Required.Where(one => !options.Contains(one.Option)).SelectMany(one => (string[])[one.Option, one.Value]), .. Arguments];

    /// <summary>The whole command line with that option's value in place of its own.</summary>
    public string[] With(string option, string value) => [.. Without(option), option, value];
}
