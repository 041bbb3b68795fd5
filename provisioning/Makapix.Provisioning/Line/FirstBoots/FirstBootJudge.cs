using System;
using System.Linq;
using System.Text.Json;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Line.FirstBoots;

/// <summary>
/// Decides which message proves that a device is online. Its topic is the proof of whose it is, by the broker's access list; that it is live, and not kept from before, that
/// it is said now.
/// </summary>
/// <param name="device">The device.</param>
/// <param name="version">The firmware that was written.</param>
internal sealed class FirstBootJudge(Guid device, string version)
{
    private const int MaxVersion = 50;

    /// <summary>What came instead, the last of it, for people.</summary>
    public string Seen { get; private set; } = "nothing was heard of it";

    /// <summary>The firmware that it said it runs, if it is another than was written; else null.</summary>
    public string? OtherVersion { get; private set; }

    /// <summary>Where a device says that it is online.</summary>
    public static string TopicOf(Guid device) => TopicOf($"{device:D}");

    /// <summary>The same of any name that a broker knows.</summary>
    public static string TopicOf(string name) => $"makapix/player/{name}/status";

    /// <summary>Whether that is the device's own word, said now, that it is online with the firmware that was written.</summary>
    public bool Accepts(MqttMessage message)
    {
        if (message.Topic != TopicOf(device))
        {
            Seen = "only another device was heard";
            return false;
        }

        if (message.Retain)
        {
            Seen = "only a status from before was there, kept by the broker";
            return false;
        }

        if (Read(message.Payload) is not { } said || said.Player != device)
        {
            Seen = "what came in its name is no status of it";
            return false;
        }

        if (!said.Online)
        {
            Seen = "it went offline";
            return false;
        }

        OtherVersion = said.Version == version ? null : said.Version;
        Seen = $"it came online with firmware {said.Version}";
        return OtherVersion is null;
    }

    private static (Guid Player, bool Online, string Version)? Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            var status = json.RootElement;
            return status.ValueKind == JsonValueKind.Object && Guid.TryParse(Text(status, "player_key"), out var player)
                ? (player, Text(status, "status") == "online", Plain(Text(status, "firmware_version")))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement status, string name) => status.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // It goes to a terminal and into the journal.
    private static string Plain(string? text) => string.IsNullOrEmpty(text) ? "of no version" : string.Concat(text.Take(MaxVersion).Select(c => c is > ' ' and <= '~' ? c : '?'));
}
