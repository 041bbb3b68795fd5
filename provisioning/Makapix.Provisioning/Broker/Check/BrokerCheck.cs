using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>
/// Attacks brokers that it starts itself, on loopback, each attack on a fresh one, while legitimate players connect and publish. What is attacked and what attacks is gone
/// when it ends.
/// </summary>
public static class BrokerCheck
{
    /// <summary>Whether they can be run, before anything is set up for it.</summary>
    /// <exception cref="BrokerException">051: there is no such attack.</exception>
    public static void Require(CheckOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Length, TimeSpan.FromSeconds(CheckOptions.MaxSeconds));
        ArgumentOutOfRangeException.ThrowIfZero(options.Targets.Length);
        AttackTable.Named(options.Only);
    }

    /// <summary>Checks, one attack and target after the other.</summary>
    /// <param name="options">What.</param>
    /// <param name="begins">Told of each when it begins, once its target serves: the attack, and the target.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="BrokerException">051: there is no such attack. 052: the legitimate cannot connect before there is any. Those of starting a broker or a kit.</exception>
    public static async IAsyncEnumerable<CheckFigures> RunAsync(CheckOptions options, Action<string, string> begins, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(begins);
        Require(options);
        using var world = CheckWorld.Create(cancel);
        foreach (var attack in AttackTable.Named(options.Only))
        {
            foreach (var target in options.Targets)
            {
                yield return await new CheckRun(world, attack, target, options.Length).RunAsync(() => begins(attack.Name, target), cancel);
            }
        }
    }
}
