using Makapix.Device.Commands;
using Makapix.Device.Connection;
using Makapix.Device.Payloads;

namespace Makapix.Device.Health
{
    /// <summary>The payloads by which the device says what it is and how it is. Health goes inside <c>status</c>: the broker's ACL has no topic for it.</summary>
    public static class PresenceMessages
    {
        /// <summary><c>capabilities</c>: what the device can be told to do.</summary>
        public static byte[] Capabilities(PlayerControls controls)
        {
            JsonWriter json = new JsonWriter();
            json.BeginObject();
            json.Text("firmware_version", FirmwareVersion.Text);
            json.BeginObject("features");
            if (controls.Pause != null)
            {
                json.BeginObject("pause");
                json.EndObject();
            }

            if (controls.Brightness != null)
            {
                json.BeginObject("brightness");
                json.Number("min", controls.Brightness.Min);
                json.Number("max", controls.Brightness.Max);
                json.Number("step", controls.Brightness.Step);
                json.EndObject();
            }

            if (controls.Rotation != null)
            {
                json.BeginObject("rotation");
                json.Numbers("values", controls.Rotation.Values);
                json.EndObject();
            }

            if (controls.Mirror != null)
            {
                json.BeginObject("mirror");
                json.Texts("values", controls.Mirror.Values);
                json.EndObject();
            }

            json.EndObject();
            json.EndObject();
            return json.ToBytes();
        }

        /// <summary><c>state</c>: what it is set to.</summary>
        public static byte[] State(PlayerControls controls)
        {
            JsonWriter json = new JsonWriter();
            json.BeginObject();
            if (controls.Pause != null)
            {
                json.Boolean("is_paused", controls.Pause.IsPaused);
            }

            if (controls.Brightness != null)
            {
                json.Number("brightness", controls.Brightness.Value);
            }

            if (controls.Rotation != null)
            {
                json.Number("rotation", controls.Rotation.Value);
            }

            if (controls.Mirror != null)
            {
                json.Text("mirror", controls.Mirror.Value);
            }

            json.EndObject();
            return json.ToBytes();
        }

        /// <summary>The last will on <c>status</c>.</summary>
        public static byte[] Offline(string deviceId)
        {
            JsonWriter json = new JsonWriter();
            json.BeginObject();
            json.Text("player_key", deviceId);
            json.Text("status", "offline");
            json.EndObject();
            return json.ToBytes();
        }

        /// <summary><c>status</c>: the heartbeat. Causes that never happened are left out.</summary>
        /// <param name="deviceId">The player key.</param>
        /// <param name="uptimeSeconds">Seconds since boot.</param>
        /// <param name="freeMemory">Bytes.</param>
        /// <param name="certificateDays">Whole days until the certificate expires; negative while the time is not known.</param>
        /// <param name="health">The counters.</param>
        public static byte[] Online(string deviceId, long uptimeSeconds, long freeMemory, long certificateDays, HealthCounters health)
        {
            JsonWriter json = new JsonWriter();
            json.BeginObject();
            json.Text("player_key", deviceId);
            json.Text("status", "online");
            json.Text("firmware_version", FirmwareVersion.Text);
            json.BeginObject("health");
            json.Number("uptime_seconds", uptimeSeconds);
            json.Number("free_memory", freeMemory);
            if (certificateDays >= 0)
            {
                json.Number("certificate_days_left", certificateDays);
            }

            json.BeginObject("reconnects");
            for (int i = 1; i < FailureCauses.Count; i++)
            {
                Count(json, FailureCauses.Name((FailureCause)i), health.Failures((FailureCause)i));
            }

            json.EndObject();
            json.BeginObject("rejected");
            for (int i = 1; i < RejectCauses.Count; i++)
            {
                Count(json, RejectCauses.Name((RejectCause)i), health.Rejected((RejectCause)i));
            }

            json.EndObject();
            json.EndObject();
            json.EndObject();
            return json.ToBytes();
        }

        private static void Count(JsonWriter json, string name, int count)
        {
            if (count > 0)
            {
                json.Number(name, count);
            }
        }
    }
}
