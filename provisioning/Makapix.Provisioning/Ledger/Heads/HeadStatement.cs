using System;
using System.Text.Json;

namespace Makapix.Provisioning.Ledger.Heads;

/// <summary>What is signed: how far a ledger was.</summary>
/// <param name="LedgerId">The ledger.</param>
/// <param name="Seq">Number of its newest entry.</param>
/// <param name="Hash">That entry's hash.</param>
/// <param name="At">When that entry was written, UTC.</param>
internal sealed record HeadStatement(Guid LedgerId, long Seq, string Hash, DateTimeOffset At)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <exception cref="JsonException">That is no such statement.</exception>
    public static HeadStatement Parse(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<HeadStatement>(json, Options) ?? throw new JsonException();

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);
}
