using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;

namespace Makapix.Provisioning.Broker.Check;

/// <summary>What an attack works with, and what came of it.</summary>
/// <param name="World">Who takes part.</param>
/// <param name="Client">Opens what is hostile.</param>
/// <param name="Target">Where the broker is.</param>
internal sealed record AttackScene(CheckWorld World, HostileClient Client, IPEndPoint Target)
{
    private readonly Dictionary<string, long> _counts = [];
    private long _letThrough;

    /// <summary>How much came through of what should not have.</summary>
    public long LetThrough => Interlocked.Read(ref _letThrough);

    /// <summary>What the attacker did, and what was done to him.</summary>
    public SortedDictionary<string, long> Counts
    {
        get
        {
            lock (_counts)
            {
                return new SortedDictionary<string, long>(_counts, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Counts.</summary>
    public void Count(string what, long times = 1)
    {
        lock (_counts)
        {
            _counts[what] = _counts.GetValueOrDefault(what) + times;
        }
    }

    /// <summary>Counts something that should not have been.</summary>
    public void LetIn() => Interlocked.Increment(ref _letThrough);

    /// <summary>Connects somebody in good faith.</summary>
    /// <exception cref="MqttException">It is not let in.</exception>
    public Task<MqttClient> ConnectAsync(CheckIdentity who, CancellationToken cancel) => MqttClient.ConnectAsync(who.To(Target), cancel);
}
