using System.CommandLine;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Images.Signing;

namespace Makapix.Cli.Commands;

/// <summary><c>makapix bundle</c>: firmware bundles.</summary>
internal static class BundleCommand
{
    public static Command Create(CommandContext context) => new("bundle", "Firmware bundles: what every device of a version gets.")
    {
        Build(context),
        Sign(context),
        Verify(context),
        Demo(context),
    };

    private static Command Build(CommandContext context)
    {
        var source = new Option<string>("--from") { Description = "folder with build.json and the files that it names", HelpName = "DIR", Required = true };
        var output = Output();
        var command = new Command("create", "Make a bundle of the output of a firmware build; everything in it is checked.") { source, output };
        return context.Handle(command, (parsed, _) =>
        {
            var directory = parsed.GetRequiredValue(output);
            Show(context, directory, BundleBuilder.Create(parsed.GetRequiredValue(source), directory));
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static Command Sign(CommandContext context)
    {
        var source = new Option<string>("--bundle") { Description = "folder of the bundle, as it came from the build", HelpName = "DIR", Required = true };
        var key = new Option<string>("--key") { Description = "RSA-3072: a file of encrypted PKCS#8, or pkcs11:token=LABEL;object=LABEL", HelpName = "KEY", Required = true };
        var passphrases = new PassphraseOptions("key-", "passphrase of the signing key");
        var output = Output();
        var command = new Command("sign", "Sign bootloader and nanoCLR for secure boot: a signed copy of the bundle.") { source, key, output };
        passphrases.AddTo(command);
        return context.Handle(command, async (parsed, cancel) =>
        {
            // What can be wrong without a secret is found before one is asked for.
            var directory = parsed.GetRequiredValue(output);
            FirmwareBundle.Load(parsed.GetRequiredValue(source));
            var signer = new BundleSigner(await EspTools.DetectAsync(new ProcessToolRunner(), cancel));
            using var opened = passphrases.Open(parsed, context, passphrase => FirmwareKey.Open(parsed.GetRequiredValue(key), passphrase), cancel);
            Show(context, directory, await signer.SignAsync(parsed.GetRequiredValue(source), opened, directory, cancel));
            return ExitCode.Done;
        });
    }

    private static Command Verify(CommandContext context)
    {
        var directory = new Argument<string>("DIR") { Description = "folder of the bundle" };
        var command = new Command("verify", "Verify a bundle: every file, the layout, and the signatures where it was built for secure boot.") { directory };
        return context.Handle(command, (parsed, _) =>
        {
            var folder = parsed.GetRequiredValue(directory);
            var bundle = FirmwareBundle.Load(folder);
            bundle.RequireSigned();
            Show(context, folder, bundle);
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static Command Demo(CommandContext context)
    {
        var output = Output();
        var secureBoot = new Option<bool>("--secure-boot") { Description = "of stand-ins for a build with secure boot, to be signed" };
        var chip = ChipArgument.Option("chip that it is for, esp32 without it");
        var command = new Command("demo", "Make a bundle whose bootloader and nanoCLR are generated stand-ins, labelled as such.") { output, secureBoot, chip };
        return context.Handle(command, (parsed, _) =>
        {
            var directory = parsed.GetRequiredValue(output);
            DemoBundle.Create(directory, parsed.GetValue(secureBoot), parsed.GetValue(chip));
            Show(context, directory, FirmwareBundle.Load(directory));
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static Option<string> Output() => new("--out") { Description = "folder to make; must be empty if it is there", HelpName = "DIR", Required = true };

    private static void Show(CommandContext context, string directory, FirmwareBundle bundle)
    {
        context.Out.WriteLine($"{directory}: firmware {bundle.FirmwareVersion} for {bundle.Chip.Name}, {bundle.FlashSize >> 20} MB of flash.");
        context.Out.WriteLine((bundle.NanoClrBuild.SecureBoot, bundle.SigningKeyDigest) switch
        {
            (false, _) => "Not built for secure boot.",
            (true, null) => "Built for secure boot, and not signed yet: makapix bundle sign.",
            (true, { } digest) => $"Built for secure boot; signed by the key with the digest {digest}.",
        });
        if (bundle.IsStandIn)
        {
            context.Out.WriteLine("Real: partition table, identity assembly. Stand-ins, which no silicon runs: bootloader, nanoCLR.");
        }
    }
}
