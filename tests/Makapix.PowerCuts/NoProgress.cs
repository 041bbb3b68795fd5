using Makapix.Provisioning.Line;

namespace Makapix.PowerCuts;

/// <summary>Nobody looks.</summary>
internal sealed class NoProgress : ILineProgress
{
    public void Planned(ProvisioningPlan plan)
    {
    }

    public void Started(string name, string title)
    {
    }

    public void WaitingForBurn()
    {
    }

    public void Done(StepReport step)
    {
    }
}
