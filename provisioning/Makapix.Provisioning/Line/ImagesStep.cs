using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Images;

namespace Makapix.Provisioning.Line;

/// <summary>4: the images of this one device. In memory only, from here until they are encrypted.</summary>
internal sealed class ImagesStep : ILineStep
{
    public string Name => StepNames.Images;

    public string Title => "build the images";

    public bool Applies(LineContext context) => !context.Resumes;

    public Task<string> RehearseAsync(LineContext context, ToolRecorder tools)
    {
        var images = context.Plan.Images.Where(area => area.Content == PlannedContent.Encrypted).ToList();
        return Task.FromResult($"{images.Count} images, {images.Sum(area => area.Length) / 1024} KB, in memory only");
    }

    public Task<string> RunAsync(LineContext context, CancellationToken cancel)
    {
        var blob = Blob(context);
        try
        {
            context.Images = [.. context.Request.Bundle.BuildImages(blob)];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(blob);
        }

        return Task.FromResult($"{context.Images.Length} images, {context.Images.Sum(i => i.Bytes.Length) / 1024} KB");
    }

    private static byte[] Blob(LineContext context)
    {
        using var identity = context.Identity!;
        var request = context.Request;
        return IdentityBlob.EncodeIssued(identity, request.BrokerHost, request.BrokerPort, request.WifiSsid, request.WifiPassword.Span);
    }
}
