using System;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Line;

namespace Makapix.Provisioning.Tests.Line.Lanes;

/// <summary>A board in a lane, until the test ends it.</summary>
internal sealed record ScriptedBoard(string Port, ILineProgress Progress, CancellationToken Cancel)
{
    private readonly TaskCompletionSource<ProvisionedDevice> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<ProvisionedDevice> Ended => _end.Task;

    public Guid Pass()
    {
        var id = Guid.NewGuid();
        _end.SetResult(new ProvisionedDevice(id, "24:0a:c4:00:00:01", "ESP32", "01", DateTimeOffset.UnixEpoch, ProvisioningPolicy.Release, "0.1.0", StandIn: true, "00", DateTimeOffset.UnixEpoch, Resumed: false, []));
        return id;
    }

    public void Fail(Exception why) => _end.SetException(why);
}
