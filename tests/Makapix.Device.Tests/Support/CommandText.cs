using System;

namespace Makapix.Device.Tests.Support;

/// <summary>Command payloads as the server writes them.</summary>
public static class CommandText
{
    /// <summary>Python's isoformat of an aware datetime.</summary>
    public static string Time(long unixSeconds) => DateTimeOffset.FromUnixTimeSeconds(unixSeconds).ToString("yyyy-MM-ddTHH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture) + "+00:00";

    public static string SetBrightness(int value, Guid? id = null, long? issuedAt = null) =>
        $$"""{"command_id": "{{id ?? Guid.NewGuid()}}", "command_type": "set_brightness", "payload": {"value": {{value}}}, "timestamp": "{{Time(issuedAt ?? DateTimeOffset.UtcNow.ToUnixTimeSeconds())}}"}""";

    public static string Of(string type, string payload) =>
        $$"""{"command_id": "{{Guid.NewGuid()}}", "command_type": "{{type}}", "payload": {{payload}}, "timestamp": "{{Time(DateTimeOffset.UtcNow.ToUnixTimeSeconds())}}"}""";
}
