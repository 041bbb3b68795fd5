using System.Collections.Immutable;

namespace Makapix.Provisioning.Broker.Kit;

/// <summary>The entry for browsers.</summary>
public sealed record KitWeb
{
    /// <summary>Folder with <c>svc.crt</c>, <c>svc.key</c> and <c>ca.crt</c> of <c>ca issue-service</c>, <c>token.pem</c> (the public half of the key that signs tokens) and <c>site.pem</c> (the website's certificate and key, as HAProxy reads them).</summary>
    public required string Credentials { get; init; }

    /// <summary>The entry's name in its certificate.</summary>
    public string Service { get; init; } = "svc_web";

    /// <summary>Account that it runs as: not the broker's, whose key it must not read.</summary>
    public string Account { get; init; } = "makapix-web";

    /// <summary>Pages that may use it: <c>https://…</c>.</summary>
    public required ImmutableArray<string> Origins { get; init; }

    /// <summary>The front's port for browsers.</summary>
    public int Port { get; init; } = 443;

    /// <summary>Where the entry listens, on loopback.</summary>
    public int EntryPort { get; init; } = 9001;

    /// <summary>The first broker's port for it.</summary>
    public int BrokerPort { get; init; } = 8885;

    /// <summary>Browsers at a time.</summary>
    public int Sessions { get; init; } = 200;

    /// <summary>Browsers at a time from one address: a household's, with a few pages each.</summary>
    public int SessionsPerAddress { get; init; } = 10;

    /// <summary>Connections from one address in 10 s: each page thrice, as browsers try again.</summary>
    public int RatePerAddress { get; init; } = 30;
}
