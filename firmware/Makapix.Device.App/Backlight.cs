using System.Device.Pwm;
using Makapix.Device.Commands;
using nanoFramework.Hardware.Esp32;

namespace Makapix.Device.App
{
    /// <summary>The display's backlight, dimmed by PWM on <see cref="Pin"/>.</summary>
    internal sealed class Backlight : IBrightness
    {
        /// <summary>GPIO of the backlight's driver; the one thing here that depends on the board.</summary>
        public const int Pin = 32;

        // Above what an eye or a camera sees flicker, and low enough for ten bits of resolution.
        private const int FrequencyHz = 1000;
        private const int Initial = 50;

        private readonly PwmChannel _channel;

        public Backlight()
        {
            Configuration.SetPinFunction(Pin, DeviceFunction.PWM1);
            _channel = PwmChannel.CreateFromPin(Pin, FrequencyHz, Initial / 100.0);
            _channel.Start();
            Value = Initial;
        }

        public int Min => 0;

        public int Max => 100;

        public int Step => 1;

        public int Value { get; private set; }

        public bool TrySet(int value)
        {
            _channel.DutyCycle = value / 100.0;
            Value = value;
            return true;
        }
    }
}
