using Makapix.Provisioning.Chips;

namespace Makapix.Provisioning.Line;

/// <summary>Is told how a run goes on; never with a secret. Called on the thread of the run, but for <see cref="WaitingForBurn"/>.</summary>
public interface ILineProgress
{
    /// <summary>Which board is at the port; nothing is decided yet.</summary>
    void Found(MacAddress board)
    {
    }

    /// <summary>What will be done to the board; nothing has been written yet.</summary>
    void Planned(ProvisioningPlan plan);

    /// <summary>A step begins.</summary>
    /// <param name="name">Its stable name.</param>
    /// <param name="title">What it does, for people.</param>
    void Started(string name, string title);

    /// <summary>The run was cancelled inside a burn, which is waited for. Called on the thread that cancelled.</summary>
    void WaitingForBurn();

    /// <summary>The step is done.</summary>
    void Done(StepReport step);
}
