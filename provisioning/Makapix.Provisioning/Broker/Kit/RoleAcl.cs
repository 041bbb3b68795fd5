using System.Collections.Generic;
using System.Text;

namespace Makapix.Provisioning.Broker.Kit;

/// <summary>The access list of a kit: <see cref="PlayerAcl"/> for players and services, and what each other role needs. Nobody reads <c>#</c>.</summary>
internal static class RoleAcl
{
    private const string Players = "makapix/player/+/";

    private static readonly string[] WatchReads =
    [
        Players + "status", Players + "request/+", Players + "view", Players + "capabilities", Players + "state", Players + "command/ack",
        "$SYS/broker/uptime", "$SYS/broker/clients/connected", "$SYS/broker/clients/total", "$SYS/broker/heap/current",
        "$SYS/broker/messages/stored", "$SYS/broker/publish/messages/dropped",
    ];

    private static readonly string[] RenewalReads = [Players + "command/ack"];

    private static readonly string[] OperatorReads = [Players + "status", Players + "command/ack"];

    // Of a player, to whoever was given a token for it. Requests and answers are between player and service.
    private static readonly string[] WebReads = [Players + "status", Players + "view", Players + "capabilities", Players + "state"];

    private static readonly string[] Commands = [Players + "command"];

    /// <summary>The text of the file.</summary>
    /// <param name="roles">Who has which.</param>
    /// <param name="web">The entry for browsers; null for none.</param>
    public static string Text(KitRoles roles, string? web)
    {
        var text = new StringBuilder("# Default deny. The user is the CN of the client's certificate.\n");
        Append(text, roles.Watch, WatchReads, []);
        Append(text, roles.Renewal, RenewalReads, Commands);
        Append(text, roles.Operators, OperatorReads, Commands);
        Append(text, web is null ? [] : [web], WebReads, []);
        return text.Append(PlayerAcl.Text(roles.Services)).ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string> names, string[] reads, string[] writes)
    {
        foreach (var name in names)
        {
            text.Append("user ").Append(name).Append('\n').Append(PlayerAcl.NoPlayer(name));
            foreach (var topic in reads)
            {
                text.Append("topic read ").Append(topic).Append('\n');
            }

            foreach (var topic in writes)
            {
                text.Append("topic write ").Append(topic).Append('\n');
            }

            text.Append('\n');
        }
    }
}
