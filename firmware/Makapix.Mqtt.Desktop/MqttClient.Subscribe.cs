using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Mqtt.Desktop;

/// <content>What we want to hear.</content>
public sealed partial class MqttClient
{
    // Held from the call to the answer, as for publishing.
    private readonly SemaphoreSlim _requesting = new(1, 1);
    private TaskCompletionSource<byte[]>? _request;

    /// <summary>Subscribes, and waits for SUBACK. A refused filter is an error: whoever did not look would just hear nothing.</summary>
    /// <param name="filters">1 to <see cref="MqttEngine.MaxFilters"/> topic filters.</param>
    /// <param name="qos">Highest QoS wanted.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The granted QoS of each filter. Some brokers grant what their ACL denies.</returns>
    /// <exception cref="MqttException">A filter was refused, or the session ended.</exception>
    /// <exception cref="ArgumentException">A filter that MQTT forbids, or too many.</exception>
    public async Task<IReadOnlyList<MqttQos>> SubscribeAsync(
        IReadOnlyList<string> filters, MqttQos qos = MqttQos.AtLeastOnce, CancellationToken cancellation = default)
    {
        string[] asked = [.. filters];
        byte[] grants = await RequestAsync(() => _engine.Subscribe(asked, qos, Now), cancellation);
        if (grants.Contains(MqttEngine.GrantRefused))
        {
            throw new MqttException(
                MqttFailure.SubscriptionRefused, $"{_options.Host} refused {string.Join(", ", asked.Where((_, i) => grants[i] == MqttEngine.GrantRefused))}.");
        }

        return [.. grants.Select(grant => (MqttQos)grant)];
    }

    /// <summary>Unsubscribes, and waits for UNSUBACK.</summary>
    /// <param name="filters">1 to <see cref="MqttEngine.MaxFilters"/> topic filters.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="MqttException">The session ended.</exception>
    /// <exception cref="ArgumentException">A filter that MQTT forbids, or too many.</exception>
    public async Task UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellation = default)
    {
        string[] asked = [.. filters];
        await RequestAsync(() => _engine.Unsubscribe(asked, Now), cancellation);
    }

    private async Task<byte[]> RequestAsync(Func<MqttSendResult> send, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _requesting.WaitAsync(cancellation);
        try
        {
            await SendAsync(send, cancellation, () => _request = answer);
        }
        catch
        {
            _requesting.Release();
            throw;
        }

        return await answer.Task.WaitAsync(cancellation);
    }

    private void EndRequest(Action<TaskCompletionSource<byte[]>> end)
    {
        end(_request!);
        _request = null;
        _requesting.Release();
    }
}
