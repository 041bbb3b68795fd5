namespace Makapix.Device.Commands
{
    /// <summary>The light of the display, and what it can be set to.</summary>
    public interface IBrightness
    {
        /// <summary>Smallest value; less than <see cref="Max"/>.</summary>
        int Min { get; }

        /// <summary>Largest value.</summary>
        int Max { get; }

        /// <summary>Distance between values, counted from <see cref="Min"/>; greater than 0.</summary>
        int Step { get; }

        /// <summary>What it is set to.</summary>
        int Value { get; }

        /// <summary>Sets it to a value that the three above allow. False if the hardware did not follow.</summary>
        bool TrySet(int value);
    }
}
