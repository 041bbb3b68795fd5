using System;
using System.Threading;

namespace Makapix.Mqtt.Desktop;

/// <content>The one way to the engine, and what its events set off.</content>
public sealed partial class MqttClient
{
    /// <summary>Uses the engine under the lock, then does what follows from it.</summary>
    private void Do(Action act)
    {
        lock (_lock)
        {
            act();
            while (_engine.NextEvent() is { } happened)
            {
                Handle(happened);
            }

            if (_engine.OutgoingCount > 0)
            {
                _toWrite.Writer.TryWrite(true);
            }

            long due = _engine.NextDeadline;
            _timer.Change(due == MqttEngine.NoDeadline ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(0, due - Now)), Timeout.InfiniteTimeSpan);
        }
    }

    private void Handle(MqttEvent happened)
    {
        switch (happened.Kind)
        {
            case MqttEventKind.Connected:
                _connected.TrySetResult();
                break;
            case MqttEventKind.Message:
                Deliver(happened);
                break;
            case MqttEventKind.Published:
                _publish!.SetResult(happened.Outcome);
                _publishing.Release();
                break;
            case MqttEventKind.Subscribed or MqttEventKind.Unsubscribed:
                EndRequest(request => request.SetResult(happened.Grants));
                break;
            case MqttEventKind.Closed:
                Close();
                break;
        }
    }

    private void Deliver(MqttEvent happened)
    {
        byte[] payload = happened.Payload.AsSpan(0, happened.PayloadLength).ToArray();
        if (!_messages.Writer.TryWrite(new MqttMessage(happened.Topic!, payload, happened.Qos, happened.Retain, happened.Duplicate)))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private void Close()
    {
        _failure = Explain();
        MqttException ended = _failure ?? Disconnected();
        _messages.Writer.TryComplete(_failure);
        _connected.TrySetException(ended);
        if (_request is not null)
        {
            EndRequest(request => request.SetException(ended));
        }

        _drained.TrySetResult();
        _over.TrySetResult();
    }

    private MqttException? Explain()
    {
        MqttCloseCause cause = _engine.CloseCause;
        string server = $"{_options.Host}:{_options.Port}";
        bool accepted = _connected.Task.IsCompletedSuccessfully;
        return cause switch
        {
            MqttCloseCause.Disconnected => null,
            MqttCloseCause.ConnectionLost when !accepted => Explained(_connection.Explain(_transportFailure)),
            MqttCloseCause.ConnectionLost => Failure(MqttFailure.SessionLost, $"The connection to {server} ended."),
            MqttCloseCause.PingTimeout => Failure(MqttFailure.SessionLost, $"{server} answered no ping."),
            MqttCloseCause.Refused => Failure(MqttFailure.ConnectRefused, $"{server} refused the session: {_engine.ConnackCode}."),
            MqttCloseCause.ConnackTimeout => Failure(MqttFailure.TimedOut, $"{server} did not answer CONNECT in time."),
            MqttCloseCause.AckTimeout => Failure(MqttFailure.TimedOut, $"{server} did not acknowledge in time."),
            _ => Failure(MqttFailure.ProtocolViolation, $"{server} broke MQTT 3.1.1: {cause}."),
        };

        MqttException Failure(MqttFailure kind, string what) => new(kind, what, _transportFailure) { CloseCause = cause, ConnackCode = _engine.ConnackCode };
        MqttException Explained(MqttException e) => new(e.Kind, e.Cause, e.InnerException) { CloseCause = cause };
    }

    private MqttException Disconnected() => new(MqttFailure.SessionLost, "This session was disconnected.") { CloseCause = MqttCloseCause.Disconnected };
}
