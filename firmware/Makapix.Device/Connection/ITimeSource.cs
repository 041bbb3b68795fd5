namespace Makapix.Device.Connection
{
    /// <summary>Who can be asked for the time. None of them is trusted: what they say is judged by <see cref="TrustedTime"/>.</summary>
    public interface ITimeSource
    {
        /// <summary>How many servers there are to ask.</summary>
        int ServerCount { get; }

        /// <summary>Asks one of them, and waits for its answer, but not for ever. Throws nothing.</summary>
        /// <returns>Unix seconds, or 0 if it did not answer.</returns>
        long Ask(int server);

        /// <summary>Sets the clock that TLS goes by, to a time that was judged believable; before each connection, since others may have set it meanwhile.</summary>
        void SetClock(long unixSeconds);
    }
}
