namespace Makapix.Device.Commands
{
    /// <summary>
    /// What a topic may bring: messages and bytes. Whoever may publish to it can still keep the broker busy, but the device no longer reads what comes beyond.
    /// </summary>
    internal sealed class TopicBudget
    {
        /// <summary>Messages at once, and in a minute. The server gives a player at most 300 commands a minute.</summary>
        public const int MessageBurst = 30, MessagesPerMinute = 300;

        /// <summary>Bytes at once, and in a minute: as many full-size messages as a few owners' playsets, or all commands of a usual size.</summary>
        public const int ByteBurst = 65536, BytesPerMinute = 262144;

        private readonly TokenBucket _messages = new TokenBucket(MessageBurst, MessagesPerMinute);
        private readonly TokenBucket _bytes = new TokenBucket(ByteBurst, BytesPerMinute);

        /// <summary>Takes one message of so many bytes from the budget; false if it is spent.</summary>
        public bool TrySpend(int bytes, long nowMs)
        {
            bool fits = _messages.Has(1, nowMs) & _bytes.Has(bytes, nowMs);
            if (fits)
            {
                _messages.Spend(1);
                _bytes.Spend(bytes);
            }

            return fits;
        }
    }
}
