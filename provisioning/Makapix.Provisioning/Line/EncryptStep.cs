using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Images;

namespace Makapix.Provisioning.Line;

/// <summary>5: a fresh random key, and every image encrypted with it in place.</summary>
internal sealed class EncryptStep : ILineStep
{
    public string Name => StepNames.Encrypt;

    public string Title => "encrypt with a fresh key";

    public bool Applies(LineContext context) => !context.Resumes;

    public Task<string> RehearseAsync(LineContext context, ToolRecorder tools) =>
        Task.FromResult($"draw {context.EfusePlan.Cipher.KeyLength} random bytes as {context.EfusePlan.Cipher.Kind} key, encrypt in memory only");

    public Task<string> RunAsync(LineContext context, CancellationToken cancel)
    {
        using (var source = RandomNumberGenerator.Create())
        {
            FlashKeyDraw.Fill(context.EfusePlan.Cipher.Kind, context.FlashKey, context.Images, source);
        }

        context.KeyHash = KeyHashes.Of(context.FlashKey);
        using var cipher = FlashCiphers.Create(context.EfusePlan.Cipher.Kind, context.FlashKey);
        foreach (var image in context.Images)
        {
            cipher.Encrypt(image.Bytes, image.Address);
        }

        return Task.FromResult($"{context.Images.Sum(i => i.Bytes.Length) / 1024} KB, SHA-256 of the key {context.KeyHash[..16]}…");
    }
}
