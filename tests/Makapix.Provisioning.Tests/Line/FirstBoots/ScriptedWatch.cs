using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Line.FirstBoots;

namespace Makapix.Provisioning.Tests.Line.FirstBoots;

/// <summary>A broker that says what a test has it say. As it stands, every device comes online at once, as the demo bundle's firmware does.</summary>
internal sealed class ScriptedWatch : IDeviceWatch
{
    public const string Version = "0.1.0";

    /// <summary>What is heard in the n-th session that waits for a message, from 1; then nothing more is, or the exception of the script.</summary>
    public Func<int, Guid, IEnumerable<MqttMessage>> Script { get; set; } = (_, device) => [Status(device)];

    /// <summary>Is called when a session is opened.</summary>
    public Action? OnOpen { get; set; }

    /// <summary>Is called when a session has nothing more to tell.</summary>
    public Action? OnSilence { get; set; }

    /// <summary>Sessions that waited for a message.</summary>
    public int Waits { get; private set; }

    public static MqttMessage Status(Guid device, string status = "online", string version = Version, Guid? topic = null, bool retained = false) =>
        Said(topic ?? device, $$"""{"player_key":"{{device}}","status":"{{status}}","firmware_version":"{{version}}"}""", retained);

    public static MqttMessage Said(Guid topic, string payload, bool retained = false) =>
        new($"makapix/player/{topic}/status", Encoding.UTF8.GetBytes(payload), MqttQos.AtLeastOnce, retained, Duplicate: false);

    public Task<IWatchSession> OpenAsync(string host, ushort port, Guid device, CancellationToken cancel)
    {
        OnOpen?.Invoke();
        return Task.FromResult<IWatchSession>(new Session(this, device));
    }

    private sealed class Session(ScriptedWatch watch, Guid device) : IWatchSession
    {
        private IEnumerator<MqttMessage>? _messages;

        public async Task<MqttMessage> NextAsync(CancellationToken cancel)
        {
            _messages ??= watch.Script(++watch.Waits, device).GetEnumerator();
            if (_messages.MoveNext())
            {
                return _messages.Current;
            }

            var silence = Task.Delay(Timeout.Infinite, cancel);
            watch.OnSilence?.Invoke();
            await silence;
            throw new InvalidOperationException("Silence does not end.");
        }

        public ValueTask DisposeAsync() => default;
    }
}
