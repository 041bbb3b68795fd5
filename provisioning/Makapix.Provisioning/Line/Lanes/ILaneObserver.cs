namespace Makapix.Provisioning.Line.Lanes;

/// <summary>Is told what happens in the lanes; never by two of them at a time.</summary>
public interface ILaneObserver
{
    /// <summary>A lane is at something else than before.</summary>
    /// <exception cref="System.IO.IOException">It cannot be shown: no more boards are taken.</exception>
    void Changed(LaneView lane);

    /// <summary>A board is done with.</summary>
    /// <exception cref="System.IO.IOException">It cannot be written down: no more boards are taken.</exception>
    /// <exception cref="System.UnauthorizedAccessException">The same.</exception>
    void Finished(BoardResult board);

    /// <summary>No more boards are taken; those that were begun go on.</summary>
    /// <param name="why">What is wrong with this station.</param>
    void Halted(MakapixException why);
}
