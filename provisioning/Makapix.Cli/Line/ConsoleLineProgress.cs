using System.IO;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Line;

namespace Makapix.Cli.Line;

/// <summary>Shows a run of the line as text: the plan before anything is written, then a line for each step.</summary>
internal sealed class ConsoleLineProgress(TextWriter writer) : ILineProgress
{
    public void Planned(ProvisioningPlan plan)
    {
        writer.WriteLine($"    {plan.Chip}, {plan.Mac}: policy {plan.Policy.ToString().ToLowerInvariant()}, firmware {plan.FirmwareVersion}{(plan.StandIn ? " (a stand-in)" : "")}");
        writer.WriteLine($"    broker {plan.Broker}, {(plan.WifiSsid is null ? "no Wi-Fi" : $"Wi-Fi '{plan.WifiSsid}'")}");
        foreach (var image in plan.Images)
        {
            writer.WriteLine($"    0x{image.Address:x6}  {image.Length,9:N0} bytes  {(image.Content == PlannedContent.Encrypted ? "encrypted" : "erased"),-9}  {image.Name}");
        }

        foreach (var efuse in plan.Efuses)
        {
            writer.WriteLine($"    {efuse.Name,-22} {efuse.Now} → {efuse.After}{(efuse.Last ? " at the end" : "")} ({(efuse.Reversible ? "reversible" : "for ever")}): {efuse.Why}");
        }
    }

    public void Started(string name, string title) => writer.WriteLine($"  {title} …");

    public void WaitingForBurn() => writer.WriteLine($"    waiting for the burn to end, {Espefuse.Limit.TotalSeconds:0} s at most: do not unplug the board");

    public void Done(StepReport step) => writer.WriteLine($"    {step.Detail} ({step.Seconds:0.0} s)");
}
