using System;
using System.Threading;
using Makapix.Device.Commands;
using Makapix.Device.Connection;
using Makapix.Device.Identity;

namespace Makapix.Device.App
{
    /// <summary>Puts the core on top of the ESP32. One thread lives the device's life; the main thread watches over it, for ever.</summary>
    public static class Program
    {
        private const int RetryMs = 60000;
        private const int RetrySpreadMs = 30000;
        private const int PauseMs = 1000;

        /// <summary>Entry point. Does not return: behind it, nanoCLR enters the debugger's loop.</summary>
        public static void Main()
        {
            DebugLog log = new DebugLog();
            int retryMs = RetryMs;
            try
            {
                TickClock clock = new TickClock();
                IdentityReading reading = IdentityReader.Read(IdentityBlob.Read());
                string deviceId = reading.Identity == null ? "" : reading.Identity.DeviceId;
                DeviceRandom random = new DeviceRandom(deviceId, DateTime.UtcNow.Ticks ^ clock.NowMs);
                retryMs += random.Next(RetrySpreadMs);
                Watch(Compose(reading, clock, random, log));
            }
            catch (Exception e)
            {
                try
                {
                    log.Write("the device could not be composed, or watched; trying again: " + e.Message);
                }
                finally
                {
                    // Also without memory for that line: nobody comes by to switch it off and on again.
                    Thread.Sleep(retryMs);
                    SystemPower.Reboot();
                }
            }
        }

        private static void Watch(DeviceLife life)
        {
            new Thread(() => Live(life)).Start();
            while (!life.MustRestart())
            {
                Thread.Sleep(Supervisor.CheckMs);
            }

            SystemPower.Reboot();
        }

        private static void Live(DeviceLife life)
        {
            while (true)
            {
                int wait = PauseMs;
                try
                {
                    wait = life.Step();
                }
                catch (Exception)
                {
                    // It catches all it can, and without memory it may not even do that. A thread that ends here would be a device lost.
                }

                if (wait > 0)
                {
                    Thread.Sleep(wait);
                }
            }
        }

        private static DeviceLife Compose(IdentityReading reading, TickClock clock, DeviceRandom random, DebugLog log)
        {
            FlashStorage storage = new FlashStorage();
            EmptyCertificateStore(storage);
#if M2MQTT
            IBrokerLinkFactory links = new M2MqttLinkFactory(clock);
#else
            IBrokerLinkFactory links = new EngineLinkFactory(clock);
#endif
            return new DeviceLife(
                reading,
                new DevicePlatform(
                    clock,
                    random,
                    new WifiNetwork(),
                    new SntpTimeSource(random),
                    storage,
                    links,
                    new PlayerControls(null, Light(log), null, null),
                    new MemoryMonitor(),
                    log,
                    SettingsFile.Load(storage)));
        }

        /// <summary>A board whose backlight cannot be driven does not declare it, and is a player all the same.</summary>
        private static IBrightness? Light(DebugLog log)
        {
            try
            {
                return new Backlight();
            }
            catch (Exception)
            {
                log.Write("there is no backlight on pin " + Backlight.Pin.ToString());
                return null;
            }
        }

        private static void EmptyCertificateStore(FlashStorage storage)
        {
            PlatformTrustState state = PlatformTrust.Clear(storage);
            if (state == PlatformTrustState.Cleared)
            {
                SystemPower.Reboot();
            }

            if (state == PlatformTrustState.Foreign)
            {
                throw new InvalidOperationException("nanoFramework's certificate store could not be emptied");
            }
        }
    }
}
