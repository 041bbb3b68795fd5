namespace Makapix.Device.Connection
{
    /// <summary>What <see cref="IBrokerLink.Poll"/> tells.</summary>
    public enum LinkEvent
    {
        /// <summary>Nothing happened in that time.</summary>
        None,

        /// <summary>The broker accepted the session.</summary>
        Connected,

        /// <summary>The broker granted the subscription.</summary>
        Subscribed,

        /// <summary>The broker refused it.</summary>
        SubscribeRefused,

        /// <summary>A message is in <see cref="IBrokerLink.Topic"/> and <see cref="IBrokerLink.Payload"/>.</summary>
        Message,

        /// <summary>A message over a cap went past.</summary>
        Oversize,

        /// <summary>A message was dropped, because more came than could be taken.</summary>
        Dropped,

        /// <summary>What was published has arrived at the broker.</summary>
        Published,

        /// <summary>What was published has not been confirmed, and will not be: it may have arrived or not. The session goes on.</summary>
        Unconfirmed,

        /// <summary>The session is over, for <see cref="IBrokerLink.EndedBy"/>; what was in flight may or may not have arrived.</summary>
        Ended,
    }
}
