using System.Collections.Generic;
using System.Linq;

namespace Makapix.EndToEnd.Tests.Demo;

/// <summary>What the demo proves, in its order. A check that is not here fails the clean run, so that none goes without its sabotage.</summary>
internal static class DemoChecks
{
    public static readonly string[] Names =
    [
        "ca", "chip-inspected", "flash-is-ciphertext", "no-secret-on-disk", "efuses-burned", "first-boot-seen", "booted-from-encrypted-flash", "online", "command-acked", "bad-payload-rejected",
        "stranger-refused", "neighbour-refused", "impostor-broker-refused", "revoked-refused", "reconnected",
    ];

    public static IEnumerable<object[]> Rows => Names.Select(name => new object[] { name });
}
