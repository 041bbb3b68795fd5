using System.Collections.Generic;

namespace Makapix.Provisioning.Line.Lanes;

/// <summary>Sees what is plugged in. Looks only: no port is opened, since that alone would reset a board.</summary>
public interface IPortWatch
{
    /// <summary>Ports that have a lane before anything is seen there.</summary>
    IReadOnlyList<string> Expected => [];

    /// <summary>The ports that are there now.</summary>
    /// <exception cref="System.IO.IOException">It cannot be told now: what was seen last still counts.</exception>
    /// <exception cref="System.UnauthorizedAccessException">The same.</exception>
    IReadOnlyList<SeenPort> Look();
}
