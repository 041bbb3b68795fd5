using System.Collections.Generic;
using System.Text.Json;

namespace Makapix.Provisioning.Line;

/// <summary>What the line would do to a board, and has not done. Holds no secret.</summary>
/// <param name="Plan">The plan: the same that a run writes down, if nothing changes until then.</param>
/// <param name="PlanHash">Its SHA-256, as the journal will have it.</param>
/// <param name="Start">Where the run would begin.</param>
/// <param name="Others">The eFuses that decide about security and are not burned.</param>
/// <param name="Steps">Each step after the plan.</param>
public sealed record LinePreview(ProvisioningPlan Plan, string PlanHash, RehearsedStart Start, IReadOnlyList<OtherEfuse> Others, IReadOnlyList<RehearsedStep> Steps)
{
    /// <summary>As one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, LineJson.Options);
}
