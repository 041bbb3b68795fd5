using System.Threading;
using nanoFramework.Runtime.Native;

namespace Makapix.Device.App
{
    /// <summary>Restarting the chip.</summary>
    internal static class SystemPower
    {
        /// <summary>Restarts; does not return.</summary>
        public static void Reboot()
        {
            Power.RebootDevice();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
