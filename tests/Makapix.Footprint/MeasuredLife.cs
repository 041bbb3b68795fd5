using System;
using System.Collections.Generic;
using System.Linq;
using Makapix.Device;
using Makapix.Device.Commands;
using Makapix.Device.Connection;
using Makapix.Device.Identity;
using Makapix.Device.Payloads;
using Makapix.Testing;

namespace Makapix.Footprint;

/// <summary>
/// One whole life of a device, over the real MQTT engine and a broker in this process, with an identity as long as one may be. It is measured after each step and
/// while a message is handed to the engine; what a step makes and drops again, such as the text that a message is made of, is not in it.
/// </summary>
public sealed class MeasuredLife : IBrokerLinkFactory
{
    /// <summary>What the core may take at the most, bytes: the rest of an ESP32's managed heap is for TLS, the drawing and the platform's libraries.</summary>
    public const int Bound = 24 * 1024;

    // As many as the window of command ids remembers, and one more.
    private const int Commands = 65;

    private readonly SmallWorld _world = new();
    private readonly SmallBroker _broker;
    private readonly DeviceLife _life;
    private readonly string _commandTopic;
    private readonly Guid _id = Guid.NewGuid();
    private WatchedLink? _link;
    private HeapWalk? _largest;

    private MeasuredLife()
    {
        _broker = new SmallBroker(_world);
        _commandTopic = $"makapix/player/{_id}/command";
        var reading = IdentityReader.Read(Blob());
        _life = new DeviceLife(
            reading,
            new DevicePlatform(_world, new DeviceRandom("", 1), _world, _world, _world, this, new PlayerControls(null, _world, _world, null), _world, _world, new DeviceSettings()));
    }

    /// <summary>Lives that life.</summary>
    /// <returns>Its parts, in order, each at its largest.</returns>
    public static IReadOnlyList<FootprintStage> Run()
    {
        var life = new MeasuredLife();
        return [life.Boot(), life.ComeOnline(), life.TakeCommands(), life.RefusePayloads(), life.FillOutbox(), life.LoseSession()];
    }

    IBrokerLink IBrokerLinkFactory.Create(LinkSettings settings) => _link = new WatchedLink(new EngineBrokerLink(settings, _broker, _world), Look);

    /// <summary>Names and passwords as long as the format allows; certificates no shorter than the line's, whose authority has a long name too.</summary>
    private byte[] Blob() => new BlobBuilder(_id, host: string.Join('.', Enumerable.Repeat(new string('h', 62), 4)), pki: new TestPki("An authority with a name of the usual length: two"))
        .Set(11, [.. Enumerable.Repeat((byte)'s', 31)]).Set(12, [.. Enumerable.Repeat((byte)'p', 63)]).Build();

    private FootprintStage Boot()
    {
        Look([]);
        return End("boot");
    }

    private FootprintStage ComeOnline()
    {
        StepUntil(() => _life.State == ConnectionState.Online && _broker.Published == 3);
        return End("online");
    }

    private FootprintStage TakeCommands()
    {
        for (var i = 0; i < Commands; i++)
        {
            // Paced as the budget of the topic allows.
            _world.Advance(1000);
            Command(CommandText.SetBrightness(i, issuedAt: _world.NowUnix));
            var published = _broker.Published;
            StepUntil(() => _broker.Published >= published + 2);
        }

        return End("commands");
    }

    private FootprintStage RefusePayloads()
    {
        foreach (var payload in (string[])["{", new string(' ', 8192), new string('[', 16), $"{{\"{new string('n', 8000)}\":1}}"])
        {
            _world.Advance(1000);
            var rejected = Rejected();
            Command(payload);
            StepUntil(() => Rejected() > rejected);
        }

        return End("refused");
    }

    private FootprintStage FillOutbox()
    {
        _broker.Acknowledges = false;
        for (var i = 0; i < Outbox.AckSlots; i++)
        {
            Command(CommandText.SetBrightness(i, issuedAt: _world.NowUnix));
        }

        // One more: it has no slot any more, and that it was refused shows that all are taken.
        var busy = _life.Health.Rejected(RejectCause.Busy);
        Command(CommandText.SetBrightness(99, issuedAt: _world.NowUnix));
        StepUntil(() => _life.Health.Rejected(RejectCause.Busy) > busy);
        return End("outbox full");
    }

    private FootprintStage LoseSession()
    {
        StepUntil(() => _life.State == ConnectionState.BackOff);
        _broker.Acknowledges = true;
        StepUntil(() => _life.State == ConnectionState.Online);
        return End("session lost");
    }

    private int Rejected() => Enum.GetValues<RejectCause>().Sum(_life.Health.Rejected);

    private void Command(string payload) => _broker.Deliver(_commandTopic, payload);

    private void StepUntil(Func<bool> reached)
    {
        for (var steps = 0; !reached(); steps++)
        {
            if (steps == 10_000)
            {
                throw new InvalidOperationException($"The measured device is {ConnectionStates.Name(_life.State)} and does not get any further.");
            }

            _world.Advance(_life.Step());
            Look([]);
        }
    }

    private void Look(byte[] held)
    {
        // In its own constructor the life is not there yet.
        if (_life is not null)
        {
            var heap = HeapWalk.From(_life, _link!.Inner, held);
            _largest = _largest is null || heap.Bytes > _largest.Bytes ? heap : _largest;
        }
    }

    private FootprintStage End(string name)
    {
        var stage = new FootprintStage(name, _largest!);
        _largest = null;
        return stage;
    }
}
