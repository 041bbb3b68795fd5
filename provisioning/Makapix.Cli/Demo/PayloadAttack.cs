using System;
using System.Text;

namespace Makapix.Cli.Demo;

/// <summary>A payload that the device must not act on.</summary>
/// <param name="What">Its kind, for people.</param>
/// <param name="Payload">The bytes.</param>
internal sealed record PayloadAttack(string What, byte[] Payload)
{
    /// <summary>Five kinds, each of which would set the brightness to <paramref name="value"/> if it were believed.</summary>
    public static PayloadAttack[] All(int value) =>
    [
        new("cut short", Bytes(PlayerCommand.SetBrightness(value).Json[..^3])),
        new("text for a number", Bytes(PlayerCommand.SetBrightness(value).Json.Replace($"\"value\":{value}", $"\"value\":\"{value}\"", StringComparison.Ordinal))),
        new("value given twice", Bytes(PlayerCommand.SetBrightness(value).Json.Replace("\"value\":", $"\"value\":{value},\"value\":", StringComparison.Ordinal))),
        new("nested 3,000 deep", Bytes(PlayerCommand.SetBrightness(value).Json.Replace("{\"value\"", $"{{\"x\":{new string('[', 3000)}{new string(']', 3000)},\"value\"", StringComparison.Ordinal))),
        new("12 KB long", Bytes(PlayerCommand.SetBrightness(value).Json + new string(' ', 12_288))),
    ];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
