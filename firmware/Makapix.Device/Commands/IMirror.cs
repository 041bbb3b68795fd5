namespace Makapix.Device.Commands
{
    /// <summary>How the picture is mirrored.</summary>
    public interface IMirror
    {
        /// <summary>The values it can be set to, in ASCII; at least one.</summary>
        string[] Values { get; }

        /// <summary>What it is set to.</summary>
        string Value { get; }

        /// <summary>Sets it to one of <see cref="Values"/>. False if the hardware did not follow.</summary>
        bool TrySet(string value);
    }
}
