using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Setup;

/// <summary>Provides esptool, espefuse and espsecure by the first way that works, as wrappers in <c>.tools/bin</c>.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class EsptoolSetup(ToolProbe probe, ToolFolder folder, Action<string> say)
{
    private const UnixFileMode Runnable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>True if the wrappers are there: a look at three files, no process.</summary>
    public bool IsDone => EsptoolCommands.Programs.All(program => File.Exists(WrapperOf(program)));

    /// <summary>True if they also run; a checkout may have been moved, and Python renewed, since they were written.</summary>
    public async Task<bool> WorksAsync(CancellationToken cancel) =>
        IsDone && (await probe.InspectAsync(RequiredTool.Esptool, WrapperOf("esptool"), cancel)).Usable;

    /// <exception cref="ToolException">No source has it.</exception>
    public async Task RunAsync(IReadOnlyList<IEsptoolSource> sources, CancellationToken cancel)
    {
        say("looking for esptool, espefuse and espsecure …");
        foreach (var source in sources)
        {
            if (await source.ProvideAsync(cancel) is { } commands)
            {
                Write(commands);
                var status = await probe.InspectAsync(RequiredTool.Esptool, WrapperOf("esptool"), cancel);
                if (status.Usable)
                {
                    say($"esptool {status.Version}: {source.Description}");
                    return;
                }
            }
        }

        throw new ToolException(
            "001",
            "esptool 4.7 or newer, with espefuse and espsecure, is neither here nor to be had from the sources of this machine.",
            $"Run: {sources.Select(source => source.Command).FirstOrDefault(command => command is not null) ?? "pipx install esptool"}");
    }

    private void Write(EsptoolCommands commands)
    {
        Directory.CreateDirectory(folder.Bin);
        foreach (var program in EsptoolCommands.Programs)
        {
            var wrapper = WrapperOf(program);
            File.WriteAllText($"{wrapper}.new", Script(commands.CommandOf(program), commands), new UTF8Encoding(false));
            File.SetUnixFileMode($"{wrapper}.new", Runnable);
            File.Move($"{wrapper}.new", wrapper, overwrite: true);
        }
    }

    private string Script(string[] words, EsptoolCommands commands) =>
        "#!/bin/sh\nhome=$(cd \"$(dirname \"$0\")/..\" && pwd)\n"
        + string.Concat(commands.Environment.Select(v => $"{v.Key}={Quote(v.Value)} ")) + $"exec {string.Join(' ', words.Select(Quote))} \"$@\"\n";

    // What lies beside the wrapper is named from there: the checkout may be moved.
    private string Quote(string word) =>
        word.StartsWith(folder.Root, StringComparison.Ordinal) ? $"\"$home\"{Quote(word[folder.Root.Length..])}" : $"'{word.Replace("'", "'\\''")}'";

    private string WrapperOf(string program) => Path.Combine(folder.Bin, program);
}
