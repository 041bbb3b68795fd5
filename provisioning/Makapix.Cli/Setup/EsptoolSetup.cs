using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Setup;

/// <summary>Provides esptool, espefuse and espsecure by the first way that works, as wrappers in <c>.tools/bin</c>.</summary>
internal sealed class EsptoolSetup(ToolProbe probe, ToolFolder folder, IReadOnlyList<IEsptoolSource> sources, Action<string> say)
{
    /// <summary>True if the wrappers are there: a look at three files, no process.</summary>
    public bool IsDone => EsptoolCommands.Programs.All(program => File.Exists(WrapperOf(program)));

    public async Task RunAsync(CancellationToken cancel)
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

        throw new ToolException("001", "esptool 4.7 or newer, with espefuse and espsecure, is neither here nor to be had from the sources of this machine.", "Run: pipx install esptool");
    }

    private void Write(EsptoolCommands commands)
    {
        Directory.CreateDirectory(folder.Bin);
        foreach (var program in EsptoolCommands.Programs)
        {
            var words = commands.CommandOf(program);
            var wrapper = WrapperOf(program);
            File.WriteAllText($"{wrapper}.new", OperatingSystem.IsWindows() ? CmdScript(words, commands) : ShellScript(words, commands), new UTF8Encoding(false));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode($"{wrapper}.new", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
                    | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            }

            File.Move($"{wrapper}.new", wrapper, overwrite: true);
        }
    }

    private static string ShellScript(string[] words, EsptoolCommands commands) =>
        "#!/bin/sh\n" + string.Concat(commands.Environment.Select(v => $"{v.Key}={Quote(v.Value)} ")) + $"exec {string.Join(' ', words.Select(Quote))} \"$@\"\n";

    private static string CmdScript(string[] words, EsptoolCommands commands) =>
        "@echo off\r\n" + string.Concat(commands.Environment.Select(v => $"set \"{v.Key}={v.Value}\"\r\n")) + $"{string.Join(' ', words.Select(w => $"\"{w}\""))} %*\r\n";

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''")}'";

    private string WrapperOf(string program) => Path.Combine(folder.Bin, OperatingSystem.IsWindows() ? $"{program}.cmd" : program);
}
