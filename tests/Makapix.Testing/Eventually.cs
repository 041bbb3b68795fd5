using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Makapix.Testing;

/// <summary>Waits for what comes by itself and cannot be awaited: looked for again and again. Longer than anything takes on a busy machine; only a hang meets the bound.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <param name="condition">What must come to hold.</param>
    /// <param name="what">Says what was waited for; asked when it did not come.</param>
    /// <exception cref="TimeoutException">It did not.</exception>
    public static Task HoldsAsync(Func<bool> condition, Func<string> what) => HoldsAsync(() => Task.FromResult(condition()), what);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, Func{string})"/>
    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<string> what)
    {
        for (var begun = Stopwatch.StartNew(); !await condition();)
        {
            if (begun.Elapsed > Limit)
            {
                throw new TimeoutException($"Not within {Limit.TotalSeconds} s: {what()}");
            }

            await Task.Delay(Poll);
        }
    }
}
