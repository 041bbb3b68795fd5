using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Line.FirstBoots;

/// <summary>Listens at a broker for what one device says of itself.</summary>
public interface IDeviceWatch
{
    /// <summary>Connects, and subscribes to the status of a device; returns once the broker has confirmed both.</summary>
    /// <param name="host">The broker.</param>
    /// <param name="port">Its TLS port.</param>
    /// <param name="device">The device.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="MqttException">There is no broker, it is not the right one, or it does not let us in.</exception>
    /// <exception cref="LineException">156: it lets us in, and would bring nothing of what a device says.</exception>
    Task<IWatchSession> OpenAsync(string host, ushort port, Guid device, CancellationToken cancel);
}
