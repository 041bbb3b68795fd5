using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Makapix.Cli.Demo;

/// <summary>The whole result.</summary>
/// <param name="Checks">In the order in which they ran.</param>
internal sealed record DemoReport(IReadOnlyList<CheckResult> Checks)
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public bool Ok => Checks.All(check => check.Ok);

    /// <summary>One line: <c>{"ok":bool,"checks":[{"name","ok","detail","seconds"}]}</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(new { Ok, Checks }, Names);
}
