using System;
using System.Linq;
using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Line.Lanes;

/// <summary>Follows one board through the line.</summary>
/// <param name="step">Takes each step that begins: its number, from 1, and its title.</param>
/// <param name="burning">Is called when a burn is waited for.</param>
internal sealed class LaneProgress(Action<int, string> step, Action burning) : ILineProgress
{
    /// <summary>The board; null until it has said.</summary>
    public string? Mac { get; private set; }

    public void Found(MacAddress board) => Mac = board.ToString();

    public void Planned(ProvisioningPlan plan) => Mac = plan.Mac;

    public void Started(string name, string title) => step(ProvisioningLine.StepOrder.TakeWhile(one => one != name).Count() + 1, title);

    public void WaitingForBurn() => burning();

    public void Done(StepReport report)
    {
    }
}
