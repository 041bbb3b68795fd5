using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Makapix.Provisioning.Broker;

/// <summary>
/// The broker's access list (mosquitto.conf(5), acl_file): default deny; a player reaches its own topics alone, by the CN of its certificate,
/// and a service the topics of its work. Nobody reads <c>#</c>.
/// </summary>
public static class PlayerAcl
{
    private const string OperatorPrefix = "op_";

    private static readonly string[] PlayerReads = ["command", "response/#", "view/ack"];

    private static readonly string[] PlayerWrites = ["status", "request/+", "view", "capabilities", "state", "command/ack"];

    private static readonly string[] ServiceReads = ["status", "request/+", "view", "capabilities", "state", "command/ack"];

    private static readonly string[] ServiceWrites = ["command", "response/+", "view/ack"];

    /// <summary>The text of the file.</summary>
    /// <param name="services">Names (CN) of the service and operator certificates that serve all players, such as <c>svc_backend</c>.</param>
    /// <param name="withheld">Topics below the player's own that players may not write after all; empty in production.</param>
    public static string Text(IEnumerable<string> services, IReadOnlyCollection<string>? withheld = null)
    {
        var text = new StringBuilder();
        foreach (var service in services)
        {
            if (service.Length == 0 || service.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')))
            {
                throw new BrokerException("001", $"'{service}' is no name for an access list.", "Use letters, digits, '_', '-' and '.' only.");
            }

            text.Append("user ").Append(service).Append('\n').Append(NoPlayer(service));
            AppendAll(text, "topic read makapix/player/+/", ServiceReads);
            AppendAll(text, "topic write makapix/player/+/", ServiceWrites);
            text.Append('\n');
        }

        AppendAll(text, "pattern read makapix/player/%u/", PlayerReads);
        AppendAll(text, "pattern write makapix/player/%u/", PlayerWrites.Except(withheld ?? []));
        return text.ToString();
    }

    /// <summary>
    /// What keeps a service's name from being a player's: patterns hold for every user. Operators are left out: a station learns from a status of
    /// its own whether the broker brings it what it watches.
    /// </summary>
    internal static string NoPlayer(string name) => name.StartsWith(OperatorPrefix, StringComparison.Ordinal) ? "" : $"topic deny makapix/player/{name}/#\n";

    private static void AppendAll(StringBuilder text, string rule, IEnumerable<string> topics)
    {
        foreach (var topic in topics)
        {
            text.Append(rule).Append(topic).Append('\n');
        }
    }
}
