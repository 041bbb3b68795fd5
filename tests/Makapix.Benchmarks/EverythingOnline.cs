using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Line.FirstBoots;

namespace Makapix.Benchmarks;

/// <summary>A broker at which every device is online at once: what a network takes is not what is measured.</summary>
/// <param name="version">The firmware that they run.</param>
internal sealed class EverythingOnline(string version) : IDeviceWatch
{
    public Task<IWatchSession> OpenAsync(string host, ushort port, Guid device, CancellationToken cancel) => Task.FromResult<IWatchSession>(new Session(device, version));

    private sealed class Session(Guid device, string version) : IWatchSession
    {
        public Task<MqttMessage> NextAsync(CancellationToken cancel) => Task.FromResult(new MqttMessage(
            $"makapix/player/{device}/status",
            Encoding.UTF8.GetBytes($$"""{"player_key":"{{device}}","status":"online","firmware_version":"{{version}}"}"""),
            MqttQos.AtLeastOnce,
            Retain: false,
            Duplicate: false));

        public ValueTask DisposeAsync() => default;
    }
}
