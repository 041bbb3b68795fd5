using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>A player that listens to what is not for it. Nobody sends it anything: whatever it hears was let through.</summary>
internal sealed class WildcardAttack() : Attack("wildcards", "a player subscribes to #, $SYS/# and six more filters that are not its own; counted is what it hears")
{
    private const int CommandsPerSecond = 5;

    public override async Task RunAsync(AttackScene scene, CancellationToken stop)
    {
        await using var listener = await scene.ConnectAsync(scene.World.Attacker, stop);
        string[] filters =
        [
            "#", "$SYS/#", "+/#", "makapix/#", "makapix/player/+/status", "makapix/player/+/command", scene.World.Victim.Topic("command"), scene.World.Victim.Topic("response/#"),
        ];
        foreach (var filter in filters)
        {
            scene.Count(await SubscribeAsync(listener, filter, stop) ? "filters taken" : "filters refused");
        }

        await Task.WhenAll(TalkAsync(scene, stop), ListenAsync());

        async Task ListenAsync()
        {
            await foreach (var message in listener.Messages.ReadAllAsync(stop))
            {
                scene.LetIn();
            }
        }
    }

    // What a broker grants says little: some grant what their access list denies.
    private static async Task<bool> SubscribeAsync(MqttClient listener, string filter, CancellationToken stop)
    {
        try
        {
            await listener.SubscribeAsync([filter], MqttQos.AtLeastOnce, stop);
            return true;
        }
        catch (MqttException e) when (e.Kind == MqttFailure.SubscriptionRefused)
        {
            return false;
        }
    }

    // What there is to hear, beside the status of all who are legitimate.
    private static async Task TalkAsync(AttackScene scene, CancellationToken stop)
    {
        await using var service = await scene.ConnectAsync(scene.World.Service, stop);
        var pace = new Pace(CommandsPerSecond);
        while (true)
        {
            await pace.TurnAsync(stop);
            await service.PublishAsync(scene.World.Victim.Topic("command"), "{}"u8.ToArray(), cancellation: stop);
        }
    }
}
