using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Ceremonies;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Images;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Line.FirstBoots;
using Makapix.VirtualEsp32;

namespace Makapix.Cli.Demo;

/// <summary>The way from nothing to a device online, a stage after the other.</summary>
internal sealed class DemoStages(DemoWorld world, DemoConsole console)
{
    public async Task RunAsync(CancellationToken cancel)
    {
        await console.StepAsync("new CA: root apart from devices and services issuing CAs, keys encrypted", Task.Run(MakeAuthority, cancel));
        await console.StepAsync("firmware bundle", Task.Run(() => DemoBundle.Create(world.Folders.Bundle), cancel));
        await console.StepAsync($"{(System.OperatingSystem.IsLinux() ? KitDemoBroker.Words : PlainDemoBroker.Words)} on {world.BrokerEndPoint}: mutual TLS, access list, CRL of each issuer", StartBrokerAsync(cancel));
        await console.StepAsync($"provision the virtual chip {world.ExpectedMac} with esptool and espefuse, until its first boot is seen online", ProvisionAsync(cancel));
        await console.StepAsync("boot the device again, from its encrypted flash, and wait until it is online", BootAsync(cancel));
    }

    private void MakeAuthority() => world.Authority = CertificateAuthority.Init(new CeremonyPlan(world.Folders.Authority, world.Folders.AuthorityRoot), world.Passphrase, world.RootPassphrase);

    private async Task ProvisionAsync(CancellationToken cancel)
    {
        // The chip is made with its own address; the station finds out which by itself.
        using (VirtualChip.Open(world.Folders.Chip, FactoryMac.Parse(world.Sabotage.ChipMac(world.ExpectedMac))))
        {
        }

        var tools = await EspTools.DetectAsync(new ProcessToolRunner(), cancel);
        using var credential = world.Authority.IssueOperator(DemoWorld.StationName);
        using var station = DemoAuthority.Client(credential);
        var bundle = FirmwareBundle.Load(world.Folders.Bundle);
        world.Provisioned = await world.OnPortAsync(port =>
        {
            var request = new ProvisioningRequest(ChipPort.Parse(port), bundle, DemoWorld.BrokerHost, (ushort)world.BrokerEndPoint.Port, world.Folders.State)
            {
                WifiSsid = "Makapix demo",
                WifiPassword = System.Text.Encoding.UTF8.GetBytes(world.WifiPassword),
                BootPatience = DemoPeer.Patience,
            };
            var watch = new MqttDeviceWatch(station, world.Authority.RootDer);
            return new ProvisioningLine(tools, world.Authority, watch, System.TimeProvider.System) { LockFolder = world.Folders.State }.RunAsync(request, console.LineProgress, cancel);
        });
    }

    private async Task StartBrokerAsync(CancellationToken cancel)
    {
        new CredentialWriter(world.Authority, world.Folders.Broker).Broker([DemoWorld.BrokerHost], []);
        world.Sabotage.BeforeBroker(world);
        await world.StartBrokerAsync(cancel);
        await world.ConnectServiceAsync(cancel);
    }

    private async Task BootAsync(CancellationToken cancel)
    {
        world.PowerOn();
        await world.Device.WaitAsync("the device to come online", () => world.Device.IsOnline, DemoPeer.Patience, cancel);
    }
}
