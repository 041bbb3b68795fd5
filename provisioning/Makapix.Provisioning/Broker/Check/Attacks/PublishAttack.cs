using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>Messages from one connection, so many a second, up to a number. Where the broker ends it, it is opened again.</summary>
internal abstract class PublishAttack(string name, string what, int total, double perSecond) : Attack(name, what)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly Pace _opens = new(1);

    public override async Task RunAsync(AttackScene scene, CancellationToken stop)
    {
        await PrepareAsync(scene, stop);
        var begin = Stopwatch.GetTimestamp();
        var sent = 0;
        while (sent < total)
        {
            await _opens.TurnAsync(stop);
            using var connection = await scene.Client.MqttAsync(Publisher(scene), MqttBytes.Connect(Publisher(scene).Name), stop);
            if (connection is null)
            {
                scene.Count("refused");
                continue;
            }

            // Acknowledgements must be read, or the broker would wait for us.
            var reading = connection.UntilClosedAsync(stop);
            var before = sent;
            while (sent < total && !reading.IsCompleted)
            {
                var due = (int)Math.Min(total, Stopwatch.GetElapsedTime(begin).TotalSeconds * perSecond);
                if (!await connection.WriteAsync(Batch(scene, sent, due), stop))
                {
                    scene.Count("closed by the broker");
                    break;
                }

                scene.Count("sent", due - sent);
                sent = due;
                await Task.Delay(Tick, stop);
            }

            Closed(sent - before);
        }
    }

    /// <summary>Whose connection it is.</summary>
    protected abstract CheckIdentity Publisher(AttackScene scene);

    /// <summary>The packet of that number.</summary>
    protected abstract byte[] Message(AttackScene scene, int number);

    /// <summary>The broker has ended the connection.</summary>
    /// <param name="sent">Messages that were sent by it.</param>
    protected virtual void Closed(int sent)
    {
    }

    /// <summary>What comes before.</summary>
    protected virtual Task PrepareAsync(AttackScene scene, CancellationToken stop) => Task.CompletedTask;

    /// <summary>A packet id for that number: never 0.</summary>
    protected static ushort Id(int number) => (ushort)((number % ushort.MaxValue) + 1);

    private byte[] Batch(AttackScene scene, int from, int to)
    {
        using var packets = new MemoryStream();
        for (var number = from; number < to; number++)
        {
            packets.Write(Message(scene, number));
        }

        return packets.ToArray();
    }
}
