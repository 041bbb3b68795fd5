using System;
using Makapix.Provisioning.Chips.Profiles;

namespace Makapix.VirtualEsp32.Tests.Support;

/// <summary>A chip of a kind, and a host on its line.</summary>
internal sealed class KindHost : IDisposable
{
    private readonly ChipDirectory _directory = new();
    private readonly string _kind;
    private LoaderServer _server = null!;

    public KindHost(string kind)
    {
        _kind = kind;
        Start();
    }

    public VirtualChip Chip { get; private set; } = null!;

    public LoaderClient Client { get; private set; } = null!;

    public string EfuseFile => _directory.EfuseFile;

    /// <summary>Power off and on; what the host had sent is over.</summary>
    public void Restart()
    {
        Stop();
        Start();
    }

    public void Dispose()
    {
        Stop();
        _directory.Dispose();
    }

    private void Start()
    {
        Chip = VirtualChip.Open(_directory.Path, kind: ChipProfiles.Find(_kind)!);
        _server = LoaderServer.Start(Chip);
        Client = new LoaderClient(_server.EndPoint);
    }

    private void Stop()
    {
        Client.Dispose();
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Chip.Dispose();
    }
}
