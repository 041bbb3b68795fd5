using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>Signals to processes, by kill(1).</summary>
internal static class ProcessSignal
{
    /// <param name="process">Its id.</param>
    /// <param name="name">As kill(1) calls it.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public static async Task SendAsync(int process, string name, CancellationToken cancel)
    {
        // A process that ended meanwhile needs none: what kill says of it is nobody's.
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", $"{process}"]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync(cancel);
    }
}
