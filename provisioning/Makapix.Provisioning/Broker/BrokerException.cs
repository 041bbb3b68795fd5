using System;

namespace Makapix.Provisioning.Broker;

/// <summary>A failure of the broker or its configuration: <c>MKX-BROKER-NNN</c>.</summary>
public sealed class BrokerException(string number, string cause, string nextStep, Exception? inner = null)
    : MakapixException($"MKX-BROKER-{number}", cause, nextStep, inner);
