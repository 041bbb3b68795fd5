using System;
using System.Text;
using Makapix.Device.Connection;
using nanoFramework.Json;

namespace Makapix.Device.App
{
    /// <summary>
    /// Developer settings: <c>I:\makapix_settings.json</c>, as in <c>{"LogLevel":1,"TelemetrySeconds":10}</c>. Written by a developer's tools, never by the
    /// device, and read once. A file that is not there, cut short or nonsense means the defaults.
    /// </summary>
    internal static class SettingsFile
    {
        private const string Name = "makapix_settings.json";

        public static DeviceSettings Load(IStorage storage)
        {
            try
            {
                byte[]? file = storage.Read(Name);
                if (file != null)
                {
                    string text = Encoding.UTF8.GetString(file, 0, file.Length);
                    StoredSettings stored = (StoredSettings)JsonConvert.DeserializeObject(text, typeof(StoredSettings));
                    return new DeviceSettings(stored.LogLevel, stored.TelemetrySeconds);
                }
            }
            catch (Exception)
            {
                // The library throws on what it cannot read. It would be no parser for what the network sends; a developer's file it may read.
            }

            return new DeviceSettings();
        }
    }
}
