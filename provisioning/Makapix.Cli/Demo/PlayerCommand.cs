using System;

namespace Makapix.Cli.Demo;

/// <summary>A command as the service writes it (player protocol, section 7).</summary>
/// <param name="Id">Its id, by which it is acknowledged.</param>
/// <param name="Json">The payload.</param>
internal sealed record PlayerCommand(Guid Id, string Json)
{
    public static PlayerCommand SetBrightness(int value)
    {
        var id = Guid.NewGuid();
        var now = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'");
        return new PlayerCommand(id, $$"""{"command_id":"{{id:D}}","command_type":"set_brightness","payload":{"value":{{value}}},"timestamp":"{{now}}"}""");
    }
}
