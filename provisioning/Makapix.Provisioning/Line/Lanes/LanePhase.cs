namespace Makapix.Provisioning.Line.Lanes;

/// <summary>What a lane is at. Each result stays until the next board comes.</summary>
public enum LanePhase
{
    /// <summary>No board was there yet.</summary>
    Waiting,

    /// <summary>A board is being made a device.</summary>
    Working,

    /// <summary>It became one.</summary>
    Passed,

    /// <summary>It was one already: nothing was done to it.</summary>
    Already,

    /// <summary>It became none; the code says why.</summary>
    Failed,

    /// <summary>The shift ended before it was one; the next run goes on with it.</summary>
    Interrupted,

    /// <summary>A board is there that is not needed: enough were made, or no more are taken.</summary>
    NotTaken,
}
