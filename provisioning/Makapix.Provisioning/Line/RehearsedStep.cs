using System.Collections.Generic;

namespace Makapix.Provisioning.Line;

/// <summary>What a step of the line would do.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Title">What it does, for people.</param>
/// <param name="Does">What that is for this board.</param>
/// <param name="Calls">The calls of tools, word for word, as a shell would have them; never with a secret.</param>
public sealed record RehearsedStep(string Name, string Title, string Does, IReadOnlyList<string> Calls);
