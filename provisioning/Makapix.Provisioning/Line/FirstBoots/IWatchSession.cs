using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Line.FirstBoots;

/// <summary>One session of a <see cref="IDeviceWatch"/>.</summary>
public interface IWatchSession : IAsyncDisposable
{
    /// <summary>Waits for the next message, as the broker sent it: whose it is, and when it was said, is the caller's to judge.</summary>
    /// <exception cref="MqttException">The session ended.</exception>
    Task<MqttMessage> NextAsync(CancellationToken cancel);
}
