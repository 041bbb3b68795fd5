using Makapix.Device.Connection;

namespace Makapix.Device.Host;

/// <summary>A link that tells of each message which the broker has confirmed.</summary>
internal sealed class ObservedLink(IBrokerLink link, IDeviceObserver observer) : IBrokerLink
{
    public string? Topic => link.Topic;

    public byte[] Payload => link.Payload;

    public int PayloadLength => link.PayloadLength;

    public FailureCause EndedBy => link.EndedBy;

    public FailureCause Open() => link.Open();

    public LinkEvent Poll(int waitMs)
    {
        LinkEvent e = link.Poll(waitMs);
        if (e == LinkEvent.Published)
        {
            observer.Confirmed();
        }

        return e;
    }

    public bool Subscribe(string filter) => link.Subscribe(filter);

    public bool Publish(string topic, byte[] payload, bool retain) => link.Publish(topic, payload, retain);

    public void Close() => link.Close();
}
