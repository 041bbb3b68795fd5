using System;
using Makapix.Device.Connection;

namespace Makapix.Device.App
{
    /// <summary>Milliseconds since boot; setting the date does not move them. They last 497 days, <see cref="Supervisor.LongestLifeDays"/> less.</summary>
    internal sealed class TickClock : IMonotonicClock
    {
        public long NowMs => Environment.TickCount64;
    }
}
