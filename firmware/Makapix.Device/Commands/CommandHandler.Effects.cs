using System;
using Makapix.Device.Payloads;

namespace Makapix.Device.Commands
{
    /// <summary>What commands do. A value is held to what the device declared in <c>capabilities</c>.</summary>
    public sealed partial class CommandHandler
    {
        private RejectCause Act()
        {
            try
            {
                switch (_guard.Type)
                {
                    case CommandType.SetPaused:
                        return SetPaused(_guard.Fields.Token(SchemaTables.CommandPayloadPaused) == JsonToken.True);
                    case CommandType.SetBrightness:
                        return _guard.Fields.TryInt32(SchemaTables.CommandPayloadValue, out int brightness) ? SetBrightness(brightness) : RejectCause.Refused;
                    case CommandType.SetRotation:
                        return _guard.Fields.TryInt32(SchemaTables.CommandPayloadValue, out int rotation) ? SetRotation(rotation) : RejectCause.Refused;
                    case CommandType.SetMirror:
                        return SetMirror();
                    default:
                        // There is no display yet, and the device does not claim what it does not do.
                        return RejectCause.Unsupported;
                }
            }
            catch (Exception)
            {
                // Whatever the hardware does not like: a command must not be able to end the session, let alone the device.
                return RejectCause.Refused;
            }
        }

        private RejectCause SetPaused(bool paused)
        {
            IPause? pause = _controls.Pause;
            return pause == null ? RejectCause.Unsupported
                : pause.IsPaused == paused ? RejectCause.None
                : Outcome(pause.TrySet(paused));
        }

        private RejectCause SetBrightness(int value)
        {
            IBrightness? brightness = _controls.Brightness;
            if (brightness == null)
            {
                return RejectCause.Unsupported;
            }

            if (value < brightness.Min || value > brightness.Max || (value - brightness.Min) % brightness.Step != 0)
            {
                return RejectCause.Refused;
            }

            return value == brightness.Value ? RejectCause.None : Outcome(brightness.TrySet(value));
        }

        private RejectCause SetRotation(int value)
        {
            IRotation? rotation = _controls.Rotation;
            if (rotation == null)
            {
                return RejectCause.Unsupported;
            }

            int[] values = rotation.Values;
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] == value)
                {
                    return value == rotation.Value ? RejectCause.None : Outcome(rotation.TrySet(value));
                }
            }

            return RejectCause.Refused;
        }

        private RejectCause SetMirror()
        {
            IMirror? mirror = _controls.Mirror;
            if (mirror == null)
            {
                return RejectCause.Unsupported;
            }

            string[] values = mirror.Values;
            for (int i = 0; i < values.Length; i++)
            {
                if (_guard.Fields.Means(SchemaTables.CommandPayloadValue, values[i]))
                {
                    return values[i] == mirror.Value ? RejectCause.None : Outcome(mirror.TrySet(values[i]));
                }
            }

            return RejectCause.Refused;
        }

        private RejectCause Outcome(bool followed)
        {
            if (!followed)
            {
                return RejectCause.Refused;
            }

            _outbox.RequestState();
            return RejectCause.None;
        }
    }
}
