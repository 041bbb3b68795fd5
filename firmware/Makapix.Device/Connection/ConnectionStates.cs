namespace Makapix.Device.Connection
{
    /// <summary>The names of <see cref="ConnectionState"/>: on nanoCLR an enum as text is its number.</summary>
    public static class ConnectionStates
    {
        /// <summary>The stable name of a state.</summary>
        public static string Name(ConnectionState state)
        {
            switch (state)
            {
                case ConnectionState.NotProvisioned: return "not_provisioned";
                case ConnectionState.JoinNetwork: return "join_network";
                case ConnectionState.GetTime: return "get_time";
                case ConnectionState.Connect: return "connect";
                case ConnectionState.Subscribe: return "subscribe";
                case ConnectionState.Online: return "online";
                case ConnectionState.BackOff: return "back_off";
                default: return "stopped";
            }
        }
    }
}
