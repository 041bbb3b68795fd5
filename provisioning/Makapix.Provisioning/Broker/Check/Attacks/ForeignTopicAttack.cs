using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>A player that speaks to others, and in their names. What arrives with its mark was let through.</summary>
internal sealed class ForeignTopicAttack() : Attack("foreign-topics", "a player publishes commands and replies to another, and its status, 20 a second; counted is what arrives")
{
    private const int PerSecond = 20;

    private static readonly byte[] Mark = "hostile"u8.ToArray();

    public override async Task RunAsync(AttackScene scene, CancellationToken stop)
    {
        var victim = scene.World.Victim;
        await using var player = await scene.ConnectAsync(victim, stop);
        await player.SubscribeAsync([victim.Topic("command"), victim.Topic("response/#")], MqttQos.AtLeastOnce, stop);
        await using var service = await scene.ConnectAsync(scene.World.Service, stop);
        await service.SubscribeAsync(["makapix/player/+/status"], MqttQos.AtLeastOnce, stop);
        await using var attacker = await scene.ConnectAsync(scene.World.Attacker, stop);
        await Task.WhenAll(WatchAsync(scene, player, stop), WatchAsync(scene, service, stop), SpeakAsync());

        async Task SpeakAsync()
        {
            string[] topics = [victim.Topic("command"), victim.Topic("response/1"), victim.Topic("status")];
            var pace = new Pace(PerSecond);
            for (var number = 0; ; number++)
            {
                await pace.TurnAsync(stop);
                await attacker.PublishAsync(topics[number % topics.Length], Mark, cancellation: stop);
                scene.Count("sent");
            }
        }
    }

    private static async Task WatchAsync(AttackScene scene, MqttClient who, CancellationToken stop)
    {
        await foreach (var message in who.Messages.ReadAllAsync(stop))
        {
            if (message.Payload.Span.SequenceEqual(Mark))
            {
                scene.LetIn();
            }
        }
    }
}
