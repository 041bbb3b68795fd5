namespace Makapix.Provisioning.Line;

/// <summary>Where a run would begin. A board that can begin nowhere is a <see cref="LineException"/>.</summary>
public enum StartKind
{
    /// <summary>A board that nobody has begun with, or with nothing left of who did.</summary>
    Fresh,

    /// <summary>An earlier run died before anything was burned: it is begun again, and that run's certificate voided.</summary>
    StartOver,

    /// <summary>An earlier run died in or after the burn: what is missing is burned, and nothing else done.</summary>
    GoOn,
}
