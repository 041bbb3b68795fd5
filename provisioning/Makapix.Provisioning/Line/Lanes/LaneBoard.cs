namespace Makapix.Provisioning.Line.Lanes;

/// <summary>The board at a lane's port, as one look after the other sees it.</summary>
/// <param name="Presence">Whether it is there.</param>
/// <param name="Mark">Which plugging-in it is.</param>
public readonly record struct LaneBoard(BoardPresence Presence, string Mark)
{
    /// <summary>No board.</summary>
    public static readonly LaneBoard None = new(BoardPresence.None, "");

    /// <summary>The same lane after another look.</summary>
    /// <param name="seen">What that saw at the port; null for nothing.</param>
    public LaneBoard Then(SeenPort? seen) => (Presence, seen) switch
    {
        (_, null) => None,
        (BoardPresence.None, _) => new LaneBoard(BoardPresence.Arriving, seen.Mark),

        // Unplugged and plugged in again between two looks.
        (_, _) when seen.Mark != Mark => new LaneBoard(BoardPresence.Arriving, seen.Mark),
        (BoardPresence.Arriving, _) => this with { Presence = BoardPresence.Ready },
        _ => this,
    };

    /// <summary>The same board, taken.</summary>
    public LaneBoard Take() => this with { Presence = BoardPresence.Taken };
}
