using System;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Authority;

namespace Makapix.Cli.Demo;

/// <summary>A second player of the same CA, which exists in memory only.</summary>
internal sealed class DemoPlayer : IDisposable
{
    private readonly DeviceIdentityMaterial _material;

    public DemoPlayer(CertificateAuthority authority)
    {
        Id = Guid.NewGuid();
        _material = authority.IssueDevice(Id);
        Client = DemoAuthority.Client(_material);
    }

    public Guid Id { get; }

    /// <summary>Serial number, upper-case hexadecimal.</summary>
    public string Serial => _material.Serial;

    public ClientIdentity Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        _material.Dispose();
    }
}
