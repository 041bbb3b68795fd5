using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Threading.Tasks;
using Makapix.Provisioning.Images;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix image encrypt|decrypt</c>: what <c>espsecure encrypt_flash_data</c> and <c>decrypt_flash_data</c> do.</summary>
internal static class ImageCommand
{
    public static Command Create(CommandContext context) => new("image", "Encrypt and decrypt flash images as the chip does.")
    {
        Transform(context, "encrypt", "Encrypt an image for its place on the flash.", FlashImageFile.Encrypt),
        Transform(context, "decrypt", "Decrypt an image that was read from the flash.", FlashImageFile.Decrypt),
    };

    private static Command Transform(CommandContext context, string name, string description, Action<string, string, string, uint, byte> transform)
    {
        var chip = new Option<string>("--chip") { Description = "esp32", HelpName = "CHIP", Required = true };
        chip.AcceptOnlyFromAmong("esp32");
        var key = new Option<string>("--key") { Description = "file with the 32 bytes of the flash key", HelpName = "FILE", Required = true };
        var offset = new Option<uint>("--offset") { Description = "flash address of the image, a multiple of 16", HelpName = "N", Required = true, CustomParser = NumberArgument.Parse };
        var config = new Option<uint>("--flash-crypt-config")
        {
            Description = "eFuse FLASH_CRYPT_CONFIG, 0 to 15",
            HelpName = "N",
            DefaultValueFactory = _ => 0xF,
            CustomParser = ParseConfig,
        };
        var input = new Argument<string>("IN") { Description = "file to read" };
        var output = new Argument<string>("OUT") { Description = "file to write; whole, or not at all" };

        var command = new Command(name, description) { chip, key, offset, config, input, output };
        return context.Handle(command, (parsed, _) =>
        {
            transform(
                parsed.GetRequiredValue(key),
                parsed.GetRequiredValue(input),
                parsed.GetRequiredValue(output),
                parsed.GetValue(offset),
                (byte)parsed.GetValue(config));
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static uint ParseConfig(ArgumentResult result)
    {
        var config = NumberArgument.Parse(result);
        if (config > 0xF)
        {
            result.AddError("--flash-crypt-config takes 0 to 15");
        }

        return config;
    }
}
