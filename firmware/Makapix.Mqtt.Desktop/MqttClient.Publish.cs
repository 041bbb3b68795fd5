using System;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Mqtt.Desktop;

/// <content>Sending.</content>
public sealed partial class MqttClient
{
    // Held from the call to the outcome of a QoS 1 message, whoever still waits for it: the engine has one in flight.
    private readonly SemaphoreSlim _publishing = new(1, 1);
    private TaskCompletionSource<MqttPublishOutcome>? _publish;

    /// <summary>
    /// Publishes. QoS 1: completes when the broker has it; callers take turns. QoS 0: completes when it is queued to be written.
    /// Cancelled or failed, a QoS 1 message may have been delivered all the same.
    /// </summary>
    /// <param name="topic">Topic without wildcards.</param>
    /// <param name="payload">Payload.</param>
    /// <param name="qos">Promise.</param>
    /// <param name="retain">Whether the broker keeps it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="MqttException">The session is over, or ended before the acknowledgement.</exception>
    /// <exception cref="ArgumentException">A topic that MQTT forbids, or a message over the session's cap.</exception>
    public async Task PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, MqttQos qos = MqttQos.AtLeastOnce, bool retain = false, CancellationToken cancellation = default)
    {
        ArraySegment<byte> bytes = MemoryMarshal.TryGetArray(payload, out ArraySegment<byte> segment) ? segment : payload.ToArray();
        if (qos == MqttQos.AtMostOnce)
        {
            await SendAsync(Publish, cancellation);
            return;
        }

        var outcome = new TaskCompletionSource<MqttPublishOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _publishing.WaitAsync(cancellation);
        try
        {
            await SendAsync(Publish, cancellation, () => _publish = outcome);
        }
        catch
        {
            _publishing.Release();
            throw;
        }

        if (await outcome.Task.WaitAsync(cancellation) != MqttPublishOutcome.Acknowledged)
        {
            throw await Ended ?? Disconnected();
        }

        MqttSendResult Publish() => _engine.Publish(topic, bytes.Array ?? [], bytes.Offset, bytes.Count, qos, retain, Now);
    }

    /// <summary>Offers a packet to the engine until it takes it.</summary>
    private async Task SendAsync(Func<MqttSendResult> send, CancellationToken cancellation, Action? accepted = null)
    {
        while (true)
        {
            MqttSendResult result = default;
            Task drained = Task.CompletedTask;
            Do(() =>
            {
                result = send();
                drained = _drained.Task;
                if (result == MqttSendResult.Accepted)
                {
                    accepted?.Invoke();
                }
            });
            switch (result)
            {
                case MqttSendResult.Accepted:
                    return;
                case MqttSendResult.BufferFull:
                    await drained.WaitAsync(cancellation);
                    break;
                case MqttSendResult.NotConnected:
                    throw _failure ?? Disconnected();
                case MqttSendResult.TooLarge:
                    throw new ArgumentException("over the session's cap for outgoing packets");
                case MqttSendResult.InvalidTopic:
                    throw new ArgumentException("a topic or filter that MQTT forbids");
                default:
                    throw new InvalidOperationException("two in flight");
            }
        }
    }
}
