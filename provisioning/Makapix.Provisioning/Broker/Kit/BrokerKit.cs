using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Broker.Kit;

/// <summary>The files of a hardened broker: mosquitto behind HAProxy, what guards both, and what watches them.</summary>
public static class BrokerKit
{
    private static readonly ImmutableArray<string> Common =
    [
        "sysusers.conf", "haproxy.cfg", "haproxy-sandbox.conf", "makapix-broker.nft", "sysctl.conf", "fail2ban-filter.conf", "fail2ban-jail.conf", "makapix-broker@.service", "apparmor", "Containerfile",
        "compose.yaml", "prometheus.yml", "alerts.yml", "README.md",
    ];

    private static readonly ImmutableArray<string> OfWeb = ["makapix-web.service", "Caddyfile"];

    private static readonly ImmutableArray<string> OfOverlay = ["wireguard-broker.conf", "wireguard-service.conf"];

    /// <summary>Writes a kit, whole or not at all. It holds no secret.</summary>
    /// <param name="description">What it is for.</param>
    /// <param name="directory">A folder that is empty or not there.</param>
    /// <param name="now">The time, UTC.</param>
    /// <returns>The names of the files.</returns>
    /// <exception cref="BrokerException">023 to 026: the broker's credentials are not such that players would be let in. 027: the folder is not empty.</exception>
    /// <exception cref="IOException">It cannot be written; what was written is removed.</exception>
    public static ImmutableArray<string> Write(KitDescription description, string directory, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(description);
        var target = Path.GetFullPath(Path.TrimEndingDirectorySeparator(directory));
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new BrokerException("027", $"'{directory}' is not an empty folder.", "Name a new folder: nothing is overwritten.");
        }

        KitCredentials.Check(description, now);
        var files = Files(description);
        using var folder = new NewFolder(target);
        foreach (var (name, text) in files)
        {
            DurableFile.Create(Path.Combine(folder.Path, name), Encoding.UTF8.GetBytes(text), DurableFile.Public);
        }

        folder.Move();
        folder.Keep();
        return [.. files.Select(file => file.Name)];
    }

    /// <summary>The files of a kit.</summary>
    internal static List<(string Name, string Text)> Files(KitDescription description)
    {
        var limits = new KitLimits(description);
        limits.Check(description);
        var values = KitValues.Of(description, limits);
        return
        [
            .. description.Brokers.Select((broker, index) => ($"mosquitto-{broker.Name}.conf", KitTemplate.Fill("mosquitto.conf", KitValues.Of(values, broker, withWeb: index == 0 && description.Web is not null)))),
            ("acl", RoleAcl.Text(description.Roles, description.Web?.Service)),
            .. Common.Concat(description.Overlay is null ? [] : OfOverlay).Concat(description.Web is null ? [] : OfWeb).Select(name => (name, KitTemplate.Fill(name, values))),
        ];
    }
}
