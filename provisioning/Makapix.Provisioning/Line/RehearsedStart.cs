using System.Collections.Generic;

namespace Makapix.Provisioning.Line;

/// <summary>Where a run would begin, as journal and chip together tell.</summary>
/// <param name="Kind">Where.</param>
/// <param name="Why">The same, for people.</param>
/// <param name="Voids">Serial numbers of certificates that it would void.</param>
/// <param name="Missing">What a burn that was begun still lacks.</param>
public sealed record RehearsedStart(StartKind Kind, string Why, IReadOnlyList<string> Voids, IReadOnlyList<string> Missing);
