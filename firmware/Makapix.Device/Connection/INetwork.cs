namespace Makapix.Device.Connection
{
    /// <summary>The way out.</summary>
    public interface INetwork
    {
        /// <summary>Joins the network, or finds that it is joined; waits for an address, but not for ever. Throws nothing.</summary>
        /// <param name="ssid">Wi-Fi network, or empty where there is nothing to join.</param>
        /// <param name="password">Its password, or empty.</param>
        bool TryJoin(string ssid, string password);
    }
}
