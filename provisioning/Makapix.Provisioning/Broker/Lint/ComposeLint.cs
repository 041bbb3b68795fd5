using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Makapix.Provisioning.Broker.Lint;

/// <summary>A compose file: the services that are a mosquitto.</summary>
internal static partial class ComposeLint
{
    // A real one has ten; a hostile one would have the reader run out of stack.
    private const int MaxDepth = 64;

    private static readonly string[] PublicPorts = ["8883", "443"];

    // Not the network: a broker on the host's loopback, behind a front, is as it should be.
    private static readonly string[] Namespaces = ["pid", "ipc"];

    private static readonly string[] Names = ["mosquitto", "mqtt", "broker"];

    /// <exception cref="BrokerException">MKX-BROKER-029: it is no YAML, or no compose file.</exception>
    public static IEnumerable<LintFinding> Look(string file, string text)
    {
        try
        {
            CheckDepth(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents is [{ RootNode: YamlMappingNode root }, ..] && Child(root, "services") is YamlMappingNode services
                ? [.. services.Children.Where(IsBroker).SelectMany(service => LookAtService(file, (YamlMappingNode)service.Value))]
                : throw NotOne(file);
        }
        catch (YamlException e)
        {
            throw NotOne(file, e);
        }
    }

    private static IEnumerable<LintFinding> LookAtService(string file, YamlMappingNode service)
    {
        foreach (var port in Items(Child(service, "ports")).Where(IsPublished))
        {
            yield return LintRules.InternalPort.At(file, LineOf(port));
        }

        if (Child(service, "user") is YamlScalarNode { Value: "root" or "0" or "0:0" or "root:root" } user)
        {
            yield return LintRules.Root.At(file, LineOf(user));
        }

        if (Child(service, "privileged") is YamlScalarNode { Value: "true" } privileged)
        {
            yield return LintRules.Privileged.At(file, LineOf(privileged));
        }
        else if (!Items(Child(service, "cap_drop")).OfType<YamlScalarNode>().Any(one => one.Value is "ALL" or "all") || Child(service, "cap_add") is not null)
        {
            yield return LintRules.Privileged.At(file, LineOf(service));
        }

        foreach (var shared in Namespaces.Select(name => Child(service, name)).OfType<YamlScalarNode>().Where(one => one.Value == "host"))
        {
            yield return LintRules.HostNamespace.At(file, LineOf(shared));
        }

        if (Child(service, "image") is YamlScalarNode { Value: { } image } name && !PinnedImage().IsMatch(image))
        {
            yield return LintRules.FloatingImage.At(file, LineOf(name));
        }

        foreach (var variable in Variables(Child(service, "environment")).Where(one => SecretName().IsMatch(one.Name) && one.Value.Length > 0 && one.Value[0] != '$'))
        {
            yield return LintRules.SecretInCompose.At(file, variable.Line);
        }
    }

    // One that is built has no image to tell it by: its name does.
    private static bool IsBroker(KeyValuePair<YamlNode, YamlNode> named) =>
        named.Value is YamlMappingNode service
        && (((Child(service, "image") as YamlScalarNode)?.Value is { } image ? image.Contains("mosquitto", StringComparison.OrdinalIgnoreCase) : Names.Any(name => named.Key.ToString().Contains(name, StringComparison.OrdinalIgnoreCase)))
            || Items(Child(service, "ports")).Any(port => Port(port).Container is "1883" or "8883"));

    // Players come to 8883 by right; whatever else is published is an inner port.
    private static bool IsPublished(YamlNode port)
    {
        var (host, published, container) = Port(port);
        return published is not null && !PublicPorts.Contains(container) && !(IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    // Short: [HOST:][PUBLISHED:]CONTAINER[/PROTOCOL]; without a published port, Docker chooses one, on every address. Long: a mapping.
    private static (string? Host, string? Published, string Container) Port(YamlNode port)
    {
        if (port is YamlMappingNode mapping)
        {
            return (Text(mapping, "host_ip"), Text(mapping, "published") ?? "any", Text(mapping, "target") ?? "");
        }

        var words = ((port as YamlScalarNode)?.Value ?? "").Split('/')[0].Split(':');
        return words.Length switch
        {
            1 => (null, "any", words[0]),
            2 => (null, words[0], words[1]),
            _ => (string.Join(':', words[..^2]).Trim('[', ']'), words[^2], words[^1]),
        };
    }

    private static IEnumerable<(string Name, string Value, int Line)> Variables(YamlNode? environment) => environment switch
    {
        YamlMappingNode mapping => mapping.Children.Select(one => (((one.Key as YamlScalarNode)?.Value ?? ""), ((one.Value as YamlScalarNode)?.Value ?? ""), LineOf(one.Key))),
        YamlSequenceNode list => list.OfType<YamlScalarNode>().Select(one => (one.Value ?? "").Split('=', 2) is [var name, var value] ? (name, value, LineOf(one)) : ("", "", 0)),
        _ => [],
    };

    private static void CheckDepth(string text)
    {
        var depth = 0;
        for (var parser = new Parser(new StringReader(text)); parser.MoveNext();)
        {
            depth += parser.Current is MappingStart or SequenceStart ? 1 : parser.Current is MappingEnd or SequenceEnd ? -1 : 0;
            if (depth > MaxDepth)
            {
                throw new YamlException("nested too deeply");
            }
        }
    }

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.FirstOrDefault(child => child.Key is YamlScalarNode { Value: { } name } && name == key).Value;

    private static string? Text(YamlMappingNode node, string key) => (Child(node, key) as YamlScalarNode)?.Value;

    private static IEnumerable<YamlNode> Items(YamlNode? node) => node as YamlSequenceNode ?? (IEnumerable<YamlNode>)[];

    private static int LineOf(YamlNode node) => (int)node.Start.Line;

    private static BrokerException NotOne(string file, Exception? inner = null) =>
        new("029", $"'{Path.GetFileName(file)}' is no compose file.", "Name a YAML file with 'services'.", inner);

    [GeneratedRegex(@"@sha256:[0-9a-f]{64}\z|:[0-9]+\.[0-9]+\.[0-9]+[A-Za-z0-9.-]*\z")]
    private static partial Regex PinnedImage();

    [GeneratedRegex("PASSWORD|SECRET|TOKEN|_KEY", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
