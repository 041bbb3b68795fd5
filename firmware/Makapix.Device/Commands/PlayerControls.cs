namespace Makapix.Device.Commands
{
    /// <summary>What can be set on this device. What it does not have is null: it is not declared in <c>capabilities</c>, and its command is <c>unsupported</c>.</summary>
    public sealed class PlayerControls
    {
        /// <summary>Creates them.</summary>
        public PlayerControls(IPause? pause, IBrightness? brightness, IRotation? rotation, IMirror? mirror)
        {
            Pause = pause;
            Brightness = brightness;
            Rotation = rotation;
            Mirror = mirror;
        }

        /// <summary>Standing still.</summary>
        public IPause? Pause { get; }

        /// <summary>The display's light.</summary>
        public IBrightness? Brightness { get; }

        /// <summary>Turning.</summary>
        public IRotation? Rotation { get; }

        /// <summary>Mirroring.</summary>
        public IMirror? Mirror { get; }
    }
}
