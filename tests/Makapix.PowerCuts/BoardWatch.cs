using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Mqtt;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Line.FirstBoots;

namespace Makapix.PowerCuts;

/// <summary>A broker at which a board is online when it has booted as a device, under the name in its own flash, and not otherwise.</summary>
/// <param name="board">The board.</param>
/// <param name="version">What its firmware says.</param>
/// <param name="online">Is told who comes online.</param>
internal sealed class BoardWatch(Board board, string version, Action<BootedIdentity> online) : IDeviceWatch
{
    public Task<IWatchSession> OpenAsync(string host, ushort port, Guid device, CancellationToken cancel) => Task.FromResult<IWatchSession>(new Session(this));

    private sealed class Session(BoardWatch watch) : IWatchSession
    {
        public Task<MqttMessage> NextAsync(CancellationToken cancel)
        {
            var who = watch.Identity();
            var status = $$"""{"player_key":"{{who.DeviceId}}","status":"online","firmware_version":"{{watch.Version}}"}""";
            return Task.FromResult(new MqttMessage($"makapix/player/{who.DeviceId}/status", Encoding.UTF8.GetBytes(status), MqttQos.AtLeastOnce, Retain: false, Duplicate: false));
        }

        public ValueTask DisposeAsync() => default;
    }

    private string Version { get; } = version;

    private BootedIdentity Identity()
    {
        var who = board.Running ?? throw new MqttException(MqttFailure.Unreachable, "the board does not boot as a device.");
        online(who);
        return who;
    }
}
