using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Makapix.Cli.Explain;

/// <summary>The codes of one area, as a file of <c>Explain/Codes</c> spells them: every member there, none beside or twice.</summary>
/// <param name="Area">As the codes have it.</param>
/// <param name="Title">In words.</param>
/// <param name="Codes">In their order.</param>
internal sealed record ErrorCodeFile(string Area, string Title, ImmutableArray<ErrorCodeFile.Entry> Codes)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Reads one.</summary>
    public static ImmutableArray<ErrorCode> Read(Stream json)
    {
        var file = JsonSerializer.Deserialize<ErrorCodeFile>(json, Options)!;
        return [.. file.Codes.Select(entry => new ErrorCode($"MKX-{file.Area}-{entry.Code}", file.Title, entry.Means, entry.Cause, entry.Next))];
    }

    /// <summary>One code.</summary>
    /// <param name="Code">Its three digits.</param>
    /// <param name="Means">See <see cref="ErrorCode.Means"/>.</param>
    /// <param name="Cause">See <see cref="ErrorCode.Cause"/>.</param>
    /// <param name="Next">See <see cref="ErrorCode.Next"/>.</param>
    internal sealed record Entry(string Code, string Means, string Cause, string Next);
}
