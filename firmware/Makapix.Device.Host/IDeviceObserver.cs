namespace Makapix.Device.Host;

/// <summary>Told what a device does, on its own thread; must not block. For measurements: a device behaves the same without one.</summary>
public interface IDeviceObserver
{
    /// <summary>A TCP connection is begun.</summary>
    void Connecting();

    /// <summary>The broker has confirmed a message.</summary>
    void Confirmed();
}
