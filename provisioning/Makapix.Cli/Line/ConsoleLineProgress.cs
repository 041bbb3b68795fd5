using System.IO;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Line;

namespace Makapix.Cli.Line;

/// <summary>Shows a run of the line as text: the plan before anything is written, then a line for each step.</summary>
internal sealed class ConsoleLineProgress(TextWriter writer) : ILineProgress
{
    public void Planned(ProvisioningPlan plan) => PlanText.Write(writer, plan, indent: "    ");

    public void Started(string name, string title) => writer.WriteLine($"  {title} …");

    public void WaitingForBurn() => writer.WriteLine($"    waiting for the burn to end, {Espefuse.Limit.TotalSeconds:0} s at most: do not unplug the board");

    public void Done(StepReport step) => writer.WriteLine($"    {step.Detail} ({step.Seconds:0.0} s)");
}
