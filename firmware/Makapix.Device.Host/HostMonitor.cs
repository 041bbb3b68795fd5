using System;
using Makapix.Device.Health;

namespace Makapix.Device.Host;

/// <summary>What the garbage collector may still use.</summary>
internal sealed class HostMonitor : ISystemMonitor
{
    public long FreeMemory
    {
        get
        {
            GCMemoryInfo info = GC.GetGCMemoryInfo();
            return Math.Max(0, info.TotalAvailableMemoryBytes - info.MemoryLoadBytes);
        }
    }
}
