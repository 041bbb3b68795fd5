namespace Makapix.Device.Connection
{
    /// <summary>A TLS connection in which both sides have proved who they are. None of its members throws, unless memory runs out.</summary>
    public interface ITlsStream
    {
        /// <summary>Reads what is there, or waits for it.</summary>
        /// <param name="buffer">Where it goes, from the start.</param>
        /// <param name="timeoutMs">How long to wait.</param>
        /// <returns>Bytes read; 0 if none came in time; -1 if the connection is over.</returns>
        int Read(byte[] buffer, int timeoutMs);

        /// <summary>Writes all of it. False if the connection is over.</summary>
        bool Write(byte[] buffer, int offset, int count);

        /// <summary>Why the connection is over, where that can be told: <see cref="FailureCause.Tls"/> for an alert, or a reset where that looks the same; <see cref="FailureCause.Closed"/>.</summary>
        FailureCause EndedBy { get; }

        /// <summary>Closes it, at any time, once or often.</summary>
        void Close();
    }
}
