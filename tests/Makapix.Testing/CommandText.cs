using System;

namespace Makapix.Testing;

/// <summary>Command payloads as the server writes them.</summary>
public static class CommandText
{
    /// <summary>Python's isoformat of an aware datetime.</summary>
    public static string Time(long unixSeconds) => DateTimeOffset.FromUnixTimeSeconds(unixSeconds).ToString("yyyy-MM-ddTHH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture) + "+00:00";

    /// <summary>A command to set the brightness, of now and with an id of its own unless told otherwise.</summary>
    public static string SetBrightness(int value, Guid? id = null, long? issuedAt = null) =>
        $$"""{"command_id": "{{id ?? Guid.NewGuid()}}", "command_type": "set_brightness", "payload": {"value": {{value}}}, "timestamp": "{{Time(issuedAt ?? DateTimeOffset.UtcNow.ToUnixTimeSeconds())}}"}""";

    /// <summary>A command of any type, of now, with an id of its own.</summary>
    public static string Of(string type, string payload) =>
        $$"""{"command_id": "{{Guid.NewGuid()}}", "command_type": "{{type}}", "payload": {{payload}}, "timestamp": "{{Time(DateTimeOffset.UtcNow.ToUnixTimeSeconds())}}"}""";
}
