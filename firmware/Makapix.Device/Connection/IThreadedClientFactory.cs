namespace Makapix.Device.Connection
{
    /// <summary>Makes a client for each attempt: used clients keep what the last session left in them.</summary>
    public interface IThreadedClientFactory
    {
        /// <summary>A new client that has done nothing yet. May throw.</summary>
        IThreadedClient Create();
    }
}
