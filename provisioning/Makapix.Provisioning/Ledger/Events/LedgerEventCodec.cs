using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Makapix.Provisioning.Ledger.Events;

/// <summary>Events as an entry holds them: the type's name, and a JSON object with nothing unknown, nothing missing and nothing twice.</summary>
internal static class LedgerEventCodec
{
    private static readonly Type[] Types =
    [
        typeof(CertificateIssued),
        typeof(CertificateRevoked),
        typeof(CrlNumbered),
        typeof(DeviceRecorded),
        typeof(DeviceStateChanged),
        typeof(DeviceCertified),
        typeof(LineEntry),
        typeof(HeadSigned),
        typeof(ClockAccepted),
        typeof(LabelPrinted),
    ];

    private static readonly FrozenDictionary<Type, string> Names = Types.ToFrozenDictionary(type => type, type => JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name));
    private static readonly FrozenDictionary<string, Type> ByName = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    private static readonly FrozenDictionary<string, Type>.AlternateLookup<ReadOnlySpan<char>> ByChars = ByName.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly int LongestName = Names.Values.Max(name => name.Length);

    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        // Read by people and by programs, never put into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary><c>certificate-issued</c>, ….</summary>
    public static string NameOf(LedgerEvent happened) => NameOf(happened.GetType());

    /// <inheritdoc cref="NameOf(LedgerEvent)"/>
    public static string NameOf(Type type) => Names[type];

    /// <summary>That name, if there is a type of it; else null.</summary>
    /// <param name="type">UTF-8, as it is stored.</param>
    public static string? NameOf(ReadOnlySpan<byte> type)
    {
        Span<char> name = stackalloc char[LongestName];
        return type.Length <= LongestName && ByChars.TryGetValue(name[..Encoding.UTF8.GetChars(type, name)], out var known) ? Names[known] : null;
    }

    /// <summary>One JSON object.</summary>
    public static string Write(LedgerEvent happened) => JsonSerializer.Serialize(happened, happened.GetType(), Options);

    /// <exception cref="LedgerException">MKX-LEDGER-012: not an event that this program knows.</exception>
    public static LedgerEvent Read(string type, string data, long seq)
    {
        try
        {
            return (LedgerEvent?)JsonSerializer.Deserialize(data, ByName[type], Options) ?? throw new JsonException();
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or KeyNotFoundException)
        {
            throw new LedgerException("012", $"entry {seq} of the ledger is none that this makapix can read.", "Run 'makapix ledger verify': it tells an entry that was changed from one that a newer makapix wrote.", e);
        }
    }
}
