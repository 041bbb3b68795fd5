namespace Makapix.Provisioning.Line.Lanes;

/// <summary>Whether a board is at a lane's port.</summary>
public enum BoardPresence
{
    /// <summary>Nothing is there.</summary>
    None,

    /// <summary>It was seen once: a plug that goes in bounces, and the system still gives out the port's permissions.</summary>
    Arriving,

    /// <summary>It may be taken.</summary>
    Ready,

    /// <summary>It was taken. It is not taken again until it was unplugged.</summary>
    Taken,
}
