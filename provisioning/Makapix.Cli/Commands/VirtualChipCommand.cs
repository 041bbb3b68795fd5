using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Numerics;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.VirtualEsp32;
using Makapix.VirtualEsp32.Firmware;
using Makapix.VirtualEsp32.Flash;
using Makapix.VirtualEsp32.Power;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix virtual-chip</c>: a chip on a TCP port, for esptool and espefuse.</summary>
internal static class VirtualChipCommand
{
    private const int Megabyte = 1024 * 1024;
    private const int MostMegabytes = 16;

    public static Command Create(CommandContext context)
    {
        var listen = new Option<IPEndPoint>("--listen")
        {
            Description = "loopback address and port; port 0 picks a free one",
            HelpName = "127.0.0.1:PORT",
            Required = true,
            CustomParser = ParseEndPoint,
        };
        var state = new Option<string>("--state")
        {
            Description = "directory of flash.bin and efuse.bin; a factory-fresh chip is made where there is none",
            HelpName = "DIR",
            Required = true,
        };
        var kind = ChipArgument.Option("kind of a fresh chip, esp32 without it");
        var mac = new Option<MacAddress?>("--mac") { Description = "MAC address of a fresh chip; without it, one is drawn", HelpName = "MAC", CustomParser = ParseMac };
        var baud = new Option<int?>("--baud")
        {
            Description = "pace the line as a UART of that rate; without it, as fast as it goes",
            HelpName = "N",
            CustomParser = result => NumberArgument.Decimal(result, LoaderServerOptions.MinBaud, LoaderServerOptions.MaxBaud),
        };
        var cut = new Option<int?>("--power-cut-after")
        {
            Description = "lose power inside the N-th sector erase, page program or eFuse block burn, and exit with 75",
            HelpName = "N",
            CustomParser = result => NumberArgument.Decimal(result, 1, int.MaxValue),
        };
        var seed = new Option<int?>("--seed")
        {
            Description = "decides which bits an interrupted burn has set, and where the line is bad",
            HelpName = "S",
            CustomParser = result => NumberArgument.Decimal(result, 0, int.MaxValue),
        };

        var noise = new Option<int?>("--noise")
        {
            Description = "a line with a bad plug: about one byte in N is lost, comes twice, or comes late, by --seed",
            HelpName = "N",
            CustomParser = result => NumberArgument.Decimal(result, 1, int.MaxValue / 2),
        };
        var bad = new Option<int?>("--bad-sector")
        {
            Description = "number of a 4 KB sector of the flash that holds nothing",
            HelpName = "N",
            CustomParser = result => NumberArgument.Decimal(result, 0, (NorFlash.Size / NorFlash.SectorSize) - 1),
        };
        var told = new Option<int?>("--flash-mb") { Description = "size that the flash tells: 1, 2, 4, 8 or 16 MB", HelpName = "N", CustomParser = ParseFlashSize };

        var answer = new Option<bool>("--answer-wire-protocol") { Description = "once booted, answer nanoFramework's debug protocol as a stock nanoCLR does" };

        var command = new Command("virtual-chip", "Run a virtual ESP32 in download mode, for real esptool and espefuse to flash and fuse; told to run, it boots and is the device.")
        {
            listen, state, kind, mac, baud, cut, seed, noise, bad, told, answer,
        };
        return context.Handle(command, async (parsed, cancel) =>
        {
            IPowerSupply power = parsed.GetValue(cut) is { } operation ? new ScheduledPowerCut(operation, parsed.GetValue(seed) ?? 0) : new SteadyPower();
            var faults = new FlashFaults { BadSector = parsed.GetValue(bad), ToldSize = parsed.GetValue(told) * Megabyte ?? NorFlash.Size };
            using var chip = VirtualChip.Open(parsed.GetRequiredValue(state), parsed.GetValue(mac), power, parsed.GetValue(kind), faults);
            IVirtualFirmware firmware = new HostFirmware();
            var options = new LoaderServerOptions
            {
                EndPoint = parsed.GetRequiredValue(listen),
                Baud = parsed.GetValue(baud),
                Noise = parsed.GetValue(noise) is { } oneIn ? new LineNoise(oneIn, parsed.GetValue(seed) ?? 0) : null,
                Firmware = parsed.GetValue(answer) ? new WireProtocolFirmware(firmware) : firmware,
                Log = context.Error.WriteLine,
            };
            return await RunAsync(context, chip, options, cancel);
        });
    }

    private static async Task<int> RunAsync(CommandContext context, VirtualChip chip, LoaderServerOptions options, CancellationToken cancel)
    {
        await using var server = LoaderServer.Start(chip, options);
        context.Out.WriteLine($"ready {server.Port}");
        context.Out.Flush();
        try
        {
            await server.Completion.WaitAsync(cancel);
            return ExitCode.Done;
        }
        catch (PowerLostException e)
        {
            context.Error.WriteLine($"MKX-VCHIP-075: {e.Message} Start the chip again without --power-cut-after to see what is left of it.");
            return ExitCode.PowerCut;
        }
    }

    private static int? ParseFlashSize(ArgumentResult result)
    {
        var size = NumberArgument.Decimal(result, 1, MostMegabytes);
        if (size is { } number && !BitOperations.IsPow2(number))
        {
            result.AddError($"--flash-mb takes 1, 2, 4, 8 or 16, not {number}");
        }

        return size;
    }

    private static MacAddress? ParseMac(ArgumentResult result)
    {
        try
        {
            return FactoryMac.Parse(result.Tokens[0].Value);
        }
        catch (VirtualChipException e)
        {
            result.AddError($"--mac: {e.Cause}");
            return null;
        }
    }

    private static IPEndPoint? ParseEndPoint(ArgumentResult result)
    {
        var text = result.Tokens[0].Value.Replace("localhost:", "127.0.0.1:");
        if (!text.Contains(':') || !IPEndPoint.TryParse(text, out var endPoint))
        {
            result.AddError($"--listen takes an address and a port, such as 127.0.0.1:0, not '{text}'");
            return null;
        }

        if (!IPAddress.IsLoopback(endPoint.Address))
        {
            result.AddError($"--listen takes a loopback address, not {endPoint.Address}: a chip in download mode obeys whoever reaches it");
            return null;
        }

        return endPoint;
    }
}
