using System;
using Makapix.Device.Connection;

namespace Makapix.Footprint;

/// <summary>The device's own link; calls out at the moments at which the core holds the most: while a message is handed over, and when one has come.</summary>
internal sealed class WatchedLink(IBrokerLink link, Action<byte[]> moment) : IBrokerLink
{
    public IBrokerLink Inner => link;

    public string? Topic => link.Topic;

    public byte[] Payload => link.Payload;

    public int PayloadLength => link.PayloadLength;

    public FailureCause EndedBy => link.EndedBy;

    public FailureCause Open() => link.Open();

    public LinkEvent Poll(int waitMs)
    {
        var e = link.Poll(waitMs);
        moment(link.Payload);
        return e;
    }

    public bool Subscribe(string filter) => link.Subscribe(filter);

    public bool Publish(string topic, byte[] payload, bool retain)
    {
        var sent = link.Publish(topic, payload, retain);
        moment(payload);
        return sent;
    }

    public void Close() => link.Close();
}
