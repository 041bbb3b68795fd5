using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using System.Threading;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Secrets;

namespace Makapix.Cli.Commands;

/// <summary>The network that an identity joins.</summary>
/// <param name="named">Whether its name is asked for; else it is known from elsewhere.</param>
internal sealed class WifiOptions(bool named = true)
{
    private readonly Option<int?> _passwordFd = SecretInput.FdOption("--wifi-password-fd", "the Wi-Fi password");
    private readonly Option<bool> _open = new("--wifi-open") { Description = "the Wi-Fi network is open: it has no password" };

    public Option<string?> Ssid { get; } = new("--wifi-ssid") { Description = "Wi-Fi network of the device", HelpName = "S" };

    public void AddTo(Command command)
    {
        foreach (var option in named ? (Option[])[Ssid, _passwordFd, _open] : [_passwordFd, _open])
        {
            command.Options.Add(option);
        }

        Ssid.Validators.Add(result =>
        {
            if (!IdentityRules.IsWifiSsid(result.Tokens[0].Value))
            {
                result.AddError("--wifi-ssid takes a name of 1 to 31 bytes");
            }
        });
        command.Validators.Add(result =>
        {
            if (Conflict(result) is { } conflict)
            {
                result.AddError(conflict);
            }
        });
    }

    /// <summary>The password: from its descriptor or a prompt; empty for an open network, and for none. The caller clears it after use.</summary>
    /// <exception cref="CliException">016: no network can have it. 010 to 014: it cannot be read.</exception>
    public byte[] ReadPassword(CommandContext context, ParseResult parsed, string? ssid, CancellationToken cancel)
    {
        if (ssid is null || parsed.GetValue(_open))
        {
            return [];
        }

        var typed = SecretInput.Read(parsed.GetValue(_passwordFd), "Wi-Fi password", context.Error, cancel);
        try
        {
            var password = SecretBytes.Allocate(Encoding.UTF8.GetByteCount(typed));
            Encoding.UTF8.GetBytes(typed, password);
            return IdentityRules.IsWifiPassword(password)
                ? password
                : throw new CliException("016", $"a player cannot join a Wi-Fi network with that password of {password.Length} bytes.", "Give 8 to 63 bytes without NUL; for a network without a password, --wifi-open.");
        }
        finally
        {
            Array.Clear(typed);
        }
    }

    private string? Conflict(CommandResult given) =>
        named && given.GetResult(Ssid) is null && (given.GetResult(_passwordFd) ?? given.GetResult(_open)) is { } lonely ? $"{lonely.Option.Name} needs --wifi-ssid"
        : given.GetResult(_passwordFd) is not null && given.GetResult(_open) is not null ? "a network that is open has no password: --wifi-open or --wifi-password-fd"
        : null;
}
