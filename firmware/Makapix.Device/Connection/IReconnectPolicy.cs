namespace Makapix.Device.Connection
{
    /// <summary>How long one device waits before it connects again. The device's own is <see cref="Backoff"/>; another one is for measuring that against.</summary>
    public interface IReconnectPolicy
    {
        /// <summary>How far the waits have grown, in steps from 0: what is kept over a restart.</summary>
        int Attempt { get; }

        /// <summary>The wait after an attempt that did not get online, in milliseconds.</summary>
        /// <param name="spentMs">How long the attempt took.</param>
        int AfterFailure(long spentMs);

        /// <summary>The wait after a session that was online, in milliseconds.</summary>
        /// <param name="onlineMs">How long it lasted.</param>
        int AfterSession(long onlineMs);
    }
}
