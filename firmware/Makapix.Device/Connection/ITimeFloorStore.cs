namespace Makapix.Device.Connection
{
    /// <summary>Keeps the time of the last mTLS session over a power cut. Best effort: without it the floor is only lower.</summary>
    public interface ITimeFloorStore
    {
        /// <summary>The stored Unix seconds, or 0 if there are none. Throws nothing.</summary>
        long Load();

        /// <summary>Stores Unix seconds. Throws nothing.</summary>
        void Save(long unixSeconds);
    }
}
