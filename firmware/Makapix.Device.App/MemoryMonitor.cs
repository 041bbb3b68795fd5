using Makapix.Device.Health;
using nanoFramework.Runtime.Native;

namespace Makapix.Device.App
{
    /// <summary>Free managed heap, after a collection without compaction: it is asked once a heartbeat.</summary>
    internal sealed class MemoryMonitor : ISystemMonitor
    {
        public long FreeMemory => GC.Run(false);
    }
}
