using System;

namespace Makapix.Mqtt.Desktop;

/// <summary>A message from the broker.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Payload">Payload; the receiver's own.</param>
/// <param name="Qos">Promise under which it came.</param>
/// <param name="Retain">The broker kept it from before the subscription.</param>
/// <param name="Duplicate">The broker may have sent it before.</param>
public sealed record MqttMessage(string Topic, ReadOnlyMemory<byte> Payload, MqttQos Qos, bool Retain, bool Duplicate);
