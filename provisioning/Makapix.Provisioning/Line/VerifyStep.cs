using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Line;

/// <summary>8: every eFuse that decides about security, read back and held against the plan; also those that the plan leaves alone.</summary>
internal sealed class VerifyStep : ILineStep
{
    public string Name => StepNames.Verify;

    public string Title => "read back and verify";

    public bool Applies(LineContext context) => true;

    public async Task<string> RehearseAsync(LineContext context, ToolRecorder tools)
    {
        await tools.RecordAsync(chip => chip.Espefuse.SummaryAsync(context.Request.Port, CancellationToken.None));
        return "every security eFuse must be as planned";
    }

    public async Task<string> RunAsync(LineContext context, CancellationToken cancel)
    {
        context.Efuses = await context.Tools.Espefuse.SummaryAsync(context.Request.Port, cancel);
        SwappedBoard.RefuseAfterBurn(context);
        var differences = context.EfusePlan.Differences(context.Efuses, locked: false);
        return differences.IsEmpty
            ? "every security eFuse is as planned"
            : throw new LineException("140", $"after the burn {string.Join(", ", differences)}.", "Run the command again: it burns what is missing, or says that the board is scrap.");
    }
}
