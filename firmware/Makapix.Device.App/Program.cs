using System;
using System.Threading;
using Makapix.Device.Connection;
using Makapix.Device.Identity;

namespace Makapix.Device.App
{
    /// <summary>Puts the core on top of the ESP32 and drives it, from the main thread and for ever.</summary>
    public static class Program
    {
        private const int RetryMs = 60000;

        /// <summary>Entry point.</summary>
        public static void Main()
        {
            DebugLog log = new DebugLog();
            try
            {
                Live(log);
            }
            catch (Exception)
            {
                // A backlight that is not there, for instance. Nobody comes by to switch it off and on again.
                log.Write("the device could not be composed; trying again");
                Thread.Sleep(RetryMs);
                SystemPower.Reboot();
            }
        }

        private static void Live(DebugLog log)
        {
            if (!CertificateStore.Clear(out bool wasEmpty))
            {
                // Whatever lies there would be trusted beside our root. Better offline than talking to an impostor.
                log.Write("nanoFramework's certificate store could not be emptied; trying again");
                Thread.Sleep(RetryMs);
            }

            if (!wasEmpty)
            {
                // nanoCLR takes stock of its store when it starts.
                SystemPower.Reboot();
            }

            IdentityReading reading = IdentityReader.Read(IdentityBlob.Read());
            DeviceLife life = new DeviceLife(reading, Compose(reading, log));
            while (true)
            {
                int wait = life.Step();
                if (wait > 0)
                {
                    Thread.Sleep(wait);
                }
            }
        }

        private static DevicePlatform Compose(IdentityReading reading, DebugLog log)
        {
            TickClock clock = new TickClock();
            string deviceId = reading.Identity == null ? "" : reading.Identity.DeviceId;
            DeviceRandom random = new DeviceRandom(deviceId, DateTime.UtcNow.Ticks ^ clock.NowMs);
            return new DevicePlatform(
                clock,
                random,
                new WifiNetwork(),
                new SntpTimeSource(random),
                new FlashTimeFloor(),
                new EngineLinkFactory(clock),
                new Backlight(),
                new MemoryMonitor(),
                log);
        }
    }
}
