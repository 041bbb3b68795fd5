namespace Makapix.Device.Payloads
{
    /// <summary>What a valid command asks for.</summary>
    public enum CommandType
    {
        /// <summary>Nothing: it is not valid.</summary>
        None,

        /// <summary><c>set_paused</c>.</summary>
        SetPaused,

        /// <summary><c>set_brightness</c>.</summary>
        SetBrightness,

        /// <summary><c>set_rotation</c>.</summary>
        SetRotation,

        /// <summary><c>set_mirror</c>.</summary>
        SetMirror,

        /// <summary>One of those that need a display: <c>show_artwork</c>, <c>swap_next</c>, <c>swap_back</c>, <c>play_channel</c>, <c>play_playset</c>.</summary>
        Display,
    }
}
