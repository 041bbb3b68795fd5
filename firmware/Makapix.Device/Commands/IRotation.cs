namespace Makapix.Device.Commands
{
    /// <summary>How the picture is turned.</summary>
    public interface IRotation
    {
        /// <summary>The values it can be set to; at least one.</summary>
        int[] Values { get; }

        /// <summary>What it is set to.</summary>
        int Value { get; }

        /// <summary>Sets it to one of <see cref="Values"/>. False if the hardware did not follow.</summary>
        bool TrySet(int value);
    }
}
