using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using Makapix.Provisioning.Broker.Kit;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>A kit's own files with loopback in the place of its machine: the same templates and limits, other ports, home and accounts.</summary>
internal static class LoopbackKit
{
    /// <summary>The name of HAProxy's file.</summary>
    public const string Front = "haproxy.cfg";

    private const string Address = "127.0.0.1";

    /// <summary>The description as it is on loopback.</summary>
    /// <remarks>mosquitto shares nothing between brokers: one that is described as a cluster's stands by here.</remarks>
    /// <exception cref="BrokerException">031: the home's name would break out of its line in the files.</exception>
    public static KitDescription Of(KitDescription description, string home, KitPorts ports)
    {
        // mosquitto takes a path to the end of its line; HAProxy, which has one for browsers alone, to the first blank.
        if (home.Any(c => !char.IsLetterOrDigit(c) && c is not ('/' or '.' or '_' or '-') && (c != ' ' || description.Web is not null)))
        {
            throw new BrokerException("031", $"'{home}' cannot be the home of a broker.", "Name a folder with letters, digits, '.', '_' and '-' alone in its whole path.");
        }

        return description with
        {
            Home = home,
            Account = Environment.UserName,
            FrontAccount = Environment.IsPrivilegedProcess ? description.FrontAccount : null,
            Listen = [Address],
            Port = ports.Front,
            MetricsPort = ports.Metrics,
            Brokers = [.. description.Brokers.Zip(ports.Brokers, (broker, port) => broker with { Address = Address, Port = port })],
            Clustered = false,
            Overlay = null,
            Web = description.Web is { } web && ports.Web is { } at ? web with { Port = at.Front, EntryPort = at.Entry, BrokerPort = at.Broker } : null,
        };
    }

    /// <summary>Writes what mosquitto and HAProxy read. The credentials stay where they are: a link leads there.</summary>
    /// <param name="loopback">Of <see cref="Of"/>.</param>
    /// <param name="changeAccess">See <see cref="KitRunOptions.ChangeAccess"/>.</param>
    public static void Write(KitDescription loopback, Func<string, string>? changeAccess)
    {
        string[] wanted = [.. loopback.Brokers.Select(broker => Configuration(broker)), "acl", Front];
        foreach (var (name, text) in BrokerKit.Files(loopback).Where(file => wanted.Contains(file.Name)))
        {
            DurableFile.Replace(Path.Combine(loopback.Home, name), Encoding.UTF8.GetBytes(name == "acl" && changeAccess is not null ? changeAccess(text) : text), DurableFile.Private);
        }

        Link(Path.Combine(loopback.Home, "certs"), loopback.Credentials);
        if (loopback.Web is { } web)
        {
            Link(Path.Combine(loopback.Home, "web"), web.Credentials);
        }
    }

    /// <summary>Writes HAProxy's file alone.</summary>
    public static void WriteFront(KitDescription loopback, string path) =>
        DurableFile.Replace(path, Encoding.UTF8.GetBytes(BrokerKit.Files(loopback).Single(file => file.Name == Front).Text), DurableFile.Private);

    /// <summary>The name of a broker's own file.</summary>
    public static string Configuration(KitBroker broker) => $"mosquitto-{broker.Name}.conf";

    private static void Link(string path, string folder)
    {
        if (new DirectoryInfo(path).LinkTarget != folder)
        {
            File.Delete(path);
            File.CreateSymbolicLink(path, folder);
        }
    }
}
