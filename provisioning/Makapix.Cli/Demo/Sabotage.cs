using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Cli.Demo.Sabotages;
using Makapix.VirtualEsp32.Firmware;

namespace Makapix.Cli.Demo;

/// <summary>
/// Breaks what one check guards, to prove that the check would see it. It works on the demo's own scratch world from outside, as an attacker or a mistake would:
/// nothing in the product has a switch for it. As it stands here it breaks nothing.
/// </summary>
internal class Sabotage
{
    /// <summary>One for each check.</summary>
    public static readonly Sabotage[] All =
    [
        new CaSabotage(), new ChipInspectedSabotage(), new FlashIsCiphertextSabotage(), new NoSecretOnDiskSabotage(), new EfusesBurnedSabotage(), new FirstBootSeenSabotage(),
        new BootedFromEncryptedFlashSabotage(), new OnlineSabotage(), new CommandAckedSabotage(), new BadPayloadRejectedSabotage(), new StrangerRefusedSabotage(),
        new NeighbourRefusedSabotage(), new ImpostorBrokerRefusedSabotage(), new RevokedRefusedSabotage(), new ReconnectedSabotage(),
    ];

    /// <summary>The check that must turn red; null if none.</summary>
    public virtual string? Check => null;

    /// <summary>What is broken, for people.</summary>
    public virtual string What => "nothing";

    /// <summary>Topics of its own that a player may not write at this broker.</summary>
    public virtual IReadOnlyCollection<string> WithheldTopics => [];

    /// <summary>Rules that somebody added to the broker's access list.</summary>
    public virtual string AddedRules => "";

    /// <summary>The checks that can be sabotaged: all.</summary>
    public static string Checks => string.Join(", ", All.Select(sabotage => sabotage.Check));

    /// <summary>The one for that check; null if there is none.</summary>
    public static Sabotage? For(string check) => All.FirstOrDefault(sabotage => sabotage.Check == check);

    /// <summary>The address that the chip really has, where the station expects <paramref name="expected"/>.</summary>
    public virtual string ChipMac(string expected) => expected;

    /// <summary>What the chip runs while it is provisioned.</summary>
    public virtual IVirtualFirmware Firmware(IVirtualFirmware firmware) => firmware;

    /// <summary>Before the broker is started, its folder being ready.</summary>
    public virtual void BeforeBroker(DemoWorld world)
    {
    }

    /// <summary>Right before the check.</summary>
    public virtual void BeforeCheck(DemoWorld world)
    {
    }

    /// <summary>Right after the check: mends what the other checks need.</summary>
    public virtual void AfterCheck(DemoWorld world)
    {
    }

    /// <summary>The payloads that the device is to refuse.</summary>
    public virtual PayloadAttack[] Attacks(PayloadAttack[] attacks) => attacks;

    /// <summary>The certificates that the device is to refuse.</summary>
    public virtual IEnumerable<(string What, X509Certificate2 Leaf)> Impostors(Impostors impostors) => impostors.All();

    /// <summary>Writes the CRLs to where the broker reads them.</summary>
    public virtual void PublishRevocations(DemoWorld world) => world.Authority.PublishCrls(world.Folders.Crl);

    /// <summary>Brings the killed broker back.</summary>
    public virtual Task RestartBrokerAsync(DemoWorld world, CancellationToken cancel) => world.StartBrokerAsync(cancel);
}
