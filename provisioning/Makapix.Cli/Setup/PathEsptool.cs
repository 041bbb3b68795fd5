using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Setup;

/// <summary>The ones on PATH, if all three are there and new enough.</summary>
internal sealed class PathEsptool(ToolShell shell, ToolProbe probe, ToolFolder folder) : IEsptoolSource
{
    public string Description => "esptool on PATH";

    public async Task<EsptoolCommands?> ProvideAsync(CancellationToken cancel)
    {
        string? PathOf(string program) => shell.Find(program, folder.Bin);
        if (EsptoolCommands.Programs.Any(program => PathOf(program) is null))
        {
            return null;
        }

        var status = await probe.InspectAsync(RequiredTool.Esptool, cancel, except: folder.Bin);
        return status.Usable ? new EsptoolCommands(program => [PathOf(program)!]) : null;
    }
}
