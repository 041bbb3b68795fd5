using System;
using System.Collections.Generic;
using Makapix.Provisioning.Line;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>Remembers what the line told, and lets a test act at the beginning of a step.</summary>
internal sealed class RecordingProgress : ILineProgress
{
    public ProvisioningPlan? Plan { get; private set; }

    public List<string> Steps { get; } = [];

    public Action<string>? OnStarted { get; set; }

    public void Planned(ProvisioningPlan plan) => Plan = plan;

    public void Started(string name, string title)
    {
        Steps.Add(name);
        OnStarted?.Invoke(name);
    }

    public int Waits { get; private set; }

    public void WaitingForBurn() => Waits++;

    public void Done(StepReport step)
    {
    }
}
