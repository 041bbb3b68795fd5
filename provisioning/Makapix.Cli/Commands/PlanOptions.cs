using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Line;

namespace Makapix.Cli.Commands;

/// <summary>What <c>makapix device plan</c> takes: a board at a port, or a kind of chip.</summary>
internal sealed class PlanOptions
{
    private readonly Option<string?> _port = new("--port") { Description = "serial port of a board, or socket://127.0.0.1:PORT of a virtual chip; needs --bundle, --authority and --broker", HelpName = "PORT" };
    private readonly Option<ResetMode?> _before = ProvisionOptions.BeforeOption();

    public Option<string?> Bundle { get; } = new("--bundle") { Description = "folder of the firmware bundle", HelpName = "DIR" };

    public Option<string?> Authority { get; } = new("--authority") { Description = "folder of the authority, whose ledger knows what earlier runs left", HelpName = "DIR" };

    public Option<(string Host, ushort Port)?> Broker { get; } = new("--broker")
    {
        Description = "the broker of the device",
        HelpName = BrokerArgument.HelpName,
        CustomParser = result => BrokerArgument.Parse(result),
    };

    public Option<string?> WifiSsid { get; } = new("--wifi-ssid") { Description = "Wi-Fi network of the device", HelpName = "S" };

    public Option<Guid?> DeviceId { get; } = DeviceIdArgument.Option("id of the device; without it, a random one");

    public Option<ProvisioningPolicy?> Policy { get; } = ProvisionOptions.PolicyOption();

    public Option<ChipProfile?> Chip { get; } = ChipArgument.Option("without a board, any fresh chip of that kind");

    public Option<FlashCipherKind?> Cipher { get; } = new("--cipher")
    {
        Description = "another flash cipher of --chip than the one that is used first: esp32-aes-256, xts-aes-128 or xts-aes-256",
        HelpName = "CIPHER",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "esp32-aes-256" => FlashCipherKind.Esp32Aes256,
            "xts-aes-128" => FlashCipherKind.XtsAes128,
            "xts-aes-256" => FlashCipherKind.XtsAes256,
            _ => ProvisionOptions.Wrong<FlashCipherKind?>(result, "--cipher takes esp32-aes-256, xts-aes-128 or xts-aes-256"),
        },
    };

    public Option<bool> Json { get; } = new("--json") { Description = "print one JSON object" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_port, _before, Bundle, Authority, Broker, WifiSsid, DeviceId, Chip, Cipher, Policy, Json])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (Conflict(result) is { } conflict)
            {
                result.AddError(conflict);
            }
        });
    }

    /// <summary>The board's port; null to plan for a kind of chip.</summary>
    /// <exception cref="ChipException">There is no such port.</exception>
    public ChipPort? PortOf(ParseResult parsed) => parsed.GetValue(_port) is { } port ? ChipPort.Parse(port, parsed.GetValue(_before)) : null;

    private string? Conflict(CommandResult given)
    {
        Option[] ofBoard = [_before, Authority, Broker, WifiSsid, DeviceId];
        Option[] ofKind = [Chip, Cipher];
        Option[] needed = [Bundle, Authority, Broker];
        return given.GetResult(_port) is not null
            ? ofKind.FirstOrDefault(option => given.GetResult(option) is not null) is { } kind ? $"{kind.Name} is for a plan without a board: leave --port or it out"
                : needed.FirstOrDefault(option => given.GetResult(option) is null) is { } missing ? $"--port needs {missing.Name}"
                : null
            : ofBoard.FirstOrDefault(option => given.GetResult(option) is not null) is { } board ? $"{board.Name} needs --port"
            : given.GetResult(Chip) is null && given.GetResult(Bundle) is null ? "give --port, --bundle or --chip"
            : given.GetResult(Chip) is null && given.GetResult(Cipher) is not null ? "--cipher needs --chip"
            : given.GetResult(Chip) is not null && given.GetResult(Bundle) is not null ? "give either --chip or --bundle: a bundle is for one kind of chip"
            : null;
    }
}
