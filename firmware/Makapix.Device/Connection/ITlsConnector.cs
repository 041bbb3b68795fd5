using Makapix.Device.Identity;

namespace Makapix.Device.Connection
{
    /// <summary>
    /// Opens TLS connections: 1.2 or newer, the identity's root the only trust anchor, the host name checked, the identity's certificate shown. There is
    /// no setting that leaves any of it out.
    /// </summary>
    public interface ITlsConnector
    {
        /// <summary>Opens a connection to the broker of an identity. Throws nothing, unless memory runs out.</summary>
        /// <returns><see cref="FailureCause.None"/> and the stream, or why there is none.</returns>
        FailureCause Connect(DeviceIdentity identity, out ITlsStream? stream);
    }
}
