using System;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Chips;

/// <summary>Drives the real espsecure: it puts signatures behind images as Espressif's bootloaders read them. It is handed public files alone, never a key.</summary>
/// <param name="runner">Runs it.</param>
/// <param name="syntax">How the installed version spells its words.</param>
public sealed class Espsecure(IToolRunner runner, EspToolSyntax syntax)
{
    internal const string Tool = "espsecure";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Verifies a signature of secure boot v2, and puts it behind its image.</summary>
    /// <param name="image">File of the image, whole sectors.</param>
    /// <param name="publicKey">File of the public key, PEM.</param>
    /// <param name="signature">File of the signature, highest byte first.</param>
    /// <param name="output">File that is written.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ChipException">001…004: the tool. 017: it did not take the signature.</exception>
    public async Task AttachSignatureAsync(string image, string publicKey, string signature, string output, CancellationToken cancel)
    {
        // In version 5 an option takes every word up to the next option: what takes one word comes last.
        var command = new ToolCommand(Tool, [syntax.Spell("sign_data"), "--version", "2", "--pub-key", publicKey, "--signature", signature, "--output", output, image], Limit);
        using var result = await runner.RunAsync(command, cancel);
        if (result.ExitCode != 0)
        {
            throw ToolFailure.OfSigning(result);
        }
    }
}
