using System;
using System.CommandLine.Parsing;
using System.Globalization;
using Makapix.Provisioning.Images;

namespace Makapix.Cli.Commands;

/// <summary>A broker on the command line: <c>HOST:PORT</c>.</summary>
internal static class BrokerArgument
{
    public const string HelpName = "HOST:PORT";

    public static (string Host, ushort Port) Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var colon = text.LastIndexOf(':');
        if (colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port != 0 && IdentityRules.IsBrokerHost(text[..colon]))
        {
            return (text[..colon], port);
        }

        result.AddError($"--broker takes {HelpName} with a DNS name or an IPv4 address, not '{text}'");
        return default;
    }
}
