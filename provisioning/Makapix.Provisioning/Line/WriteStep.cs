using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Line;

/// <summary>6: ciphertext into flash, each area verified by the MD5 that the chip computes of it. Nothing is burned yet: whatever fails here starts over.</summary>
internal sealed class WriteStep : ILineStep
{
    private const byte Erased = 0xFF;

    public string Name => StepNames.Write;

    public string Title => "write the ciphertext";

    public bool Applies(LineContext context) => !context.Resumes;

    public async Task<string> RehearseAsync(LineContext context, ToolRecorder tools)
    {
        var files = context.Plan.Images.Select(area => new FlashFile(area.Address, PathOf(Folder(context), area), area.Length)).ToImmutableArray();
        await tools.RecordAsync(chip => chip.Esptool.WriteFlashAsync(context.Request.Port, files, encrypts: false, CancellationToken.None));
        return $"{files.Length} areas, {files.Sum(f => f.Length) / 1024} KB; the files hold ciphertext, and go with their folder";
    }

    public Task<string> RunAsync(LineContext context, CancellationToken cancel) => WriteAsync(context, cancel);

    /// <summary>Writes what is in memory, the first time or once more.</summary>
    internal static async Task<string> WriteAsync(LineContext context, CancellationToken cancel)
    {
        var folder = Folder(context);
        Remove(folder);
        DurableFile.CreatePrivateFolder(context.Request.StateFolder);
        DurableFile.CreatePrivateFolder(folder);
        try
        {
            var files = context.Plan.Images.Select(area => Put(context, folder, area)).ToImmutableArray();
            SwappedBoard.Refuse(context, await context.Tools.Esptool.WriteFlashAsync(context.Request.Port, files, encrypts: context.BurnBegun, cancel));
            return $"{files.Length} areas, {files.Sum(f => f.Length) / 1024} KB, each verified by the chip's MD5";
        }
        finally
        {
            Remove(folder);
        }
    }

    private static string Folder(LineContext context) => Path.GetFullPath(Path.Combine(context.Request.StateFolder, $"{context.Chip.Mac.ToFileName()}.ciphertext"));

    private static string PathOf(string folder, PlannedImage area) => Path.Combine(folder, $"{area.Address:x6}.bin");

    private static FlashFile Put(LineContext context, string folder, PlannedImage area)
    {
        var path = PathOf(folder, area);
        var content = area.Content == PlannedContent.Erased ? Blank(area.Length) : context.Images.Single(i => i.Address == area.Address).Bytes;
        if (content.Length != area.Length)
        {
            throw new LineException("112", $"{area.Name} has {content.Length} bytes where {area.Length} were planned.", "This is a defect of makapix; report it.");
        }

        File.WriteAllBytes(path, content);
        return new FlashFile(area.Address, path, content.Length);
    }

    private static byte[] Blank(int length)
    {
        var blank = new byte[length];
        blank.AsSpan().Fill(Erased);
        return blank;
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
