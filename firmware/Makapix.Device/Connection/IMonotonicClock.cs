namespace Makapix.Device.Connection
{
    /// <summary>Time that only goes forward, whatever happens to the date.</summary>
    public interface IMonotonicClock
    {
        /// <summary>Milliseconds since some moment at or before boot.</summary>
        long NowMs { get; }
    }
}
