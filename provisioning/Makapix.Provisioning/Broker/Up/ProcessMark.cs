using System;
using System.Diagnostics;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>A process that cannot be taken for another: ids are given again, and a signal must not reach whoever has one now.</summary>
/// <param name="Name">What it is to the kit.</param>
/// <param name="Id">Its id.</param>
/// <param name="Started">When it started, in the kernel's ticks since the machine did.</param>
public sealed record ProcessMark(string Name, int Id, long Started)
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether it lives.</summary>
    [JsonIgnore]
    public bool IsAlive => ProcessTable.Started(Id) == Started;

    internal static ProcessMark Of(string name, int id) => new(name, id, ProcessTable.Started(id) ?? 0);

    /// <summary>Ends it: by SIGTERM, and after a while by SIGKILL.</summary>
    internal async Task EndAsync(CancellationToken cancel)
    {
        foreach (var signal in (string[])["TERM", "KILL"])
        {
            if (IsAlive)
            {
                await ProcessSignal.SendAsync(Id, signal, cancel);
            }

            for (var begun = Stopwatch.StartNew(); IsAlive && begun.Elapsed < EndLimit;)
            {
                await Task.Delay(Look, cancel);
            }
        }
    }
}
