using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo;

/// <summary>
/// Breaks what one check guards, to prove that the check would see it. It works on the demo's own scratch world from outside, as an attacker or a mistake would:
/// nothing in the product has a switch for it.
/// </summary>
internal abstract class Sabotage
{
    /// <summary>The check that must turn red.</summary>
    public abstract string Check { get; }

    /// <summary>What is broken, for people.</summary>
    public abstract string What { get; }

    /// <summary>Topics of its own that a player may not write at this broker.</summary>
    public virtual IReadOnlyCollection<string> WithheldTopics => [];

    /// <summary>Rules that somebody added to the broker's access list.</summary>
    public virtual string AddedRules => "";

    /// <summary>The address that the chip really has, where the station expects <paramref name="expected"/>.</summary>
    public virtual string ChipMac(string expected) => expected;

    /// <summary>Before the broker is started, its folder being ready.</summary>
    public virtual Task BeforeBrokerAsync(DemoWorld world, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Right before the check.</summary>
    public virtual Task BeforeCheckAsync(DemoWorld world, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Right after the check: mends what the other checks need.</summary>
    public virtual Task AfterCheckAsync(DemoWorld world, CancellationToken cancel) => Task.CompletedTask;
}
