using System.IO;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Manners;

/// <summary>Ctrl-C at any time: 130, one line, nobody left running, nothing left lying.</summary>
[TestClass]
public sealed class InterruptTests
{
    [TestMethod]
    [DataRow("new CA")]
    [DataRow("burn the key")]
    [DataRow("mosquitto behind HAProxy on")]
    public async Task The_demo_ends_at_once_and_takes_all_with_it(string during)
    {
        using var temp = new Scratch();
        await using var demo = Shell.Start(new CliStart { Temp = temp.Root }, "demo");
        await demo.ErrorAsync(during);
        await demo.InterruptAsync();
        var run = await demo.ExitAsync();
        run.Refused(130, "MKX-CLI-130");
        Assert.IsEmpty(demo.Survivors);
        Assert.IsEmpty(temp.Entries);
    }

    [TestMethod]
    public async Task The_demo_ends_in_the_middle_of_its_checks_as_well()
    {
        using var temp = new Scratch();
        await using var demo = Shell.Start(new CliStart { Temp = temp.Root }, "demo", "--json");
        await demo.OutputAsync("✓ revoked-refused");
        await demo.InterruptAsync();
        var run = await demo.ExitAsync();
        run.Failed(130, "MKX-CLI-130");
        Assert.DoesNotContain("{", run.Output);
        Assert.IsEmpty(demo.Survivors);
        Assert.IsEmpty(temp.Entries);
    }

    [TestMethod]
    [DataRow("new CA")]
    [DataRow("devices come online")]
    [DataRow("broker killed")]
    public async Task A_simulated_fleet_ends_with_its_broker_and_leaves_nothing(string during)
    {
        using var temp = new Scratch();
        await using var simulation = Shell.Start(new CliStart { Temp = temp.Root }, "fleet", "simulate", "--devices", "10", "--outage", "60", "--strategy", "fixed");
        await simulation.ErrorAsync(during);
        await simulation.InterruptAsync();
        (await simulation.ExitAsync()).Refused(130, "MKX-CLI-130");
        Assert.IsEmpty(simulation.Survivors);
        Assert.IsEmpty(temp.Entries);
    }

    [TestMethod]
    [DataRow("write the ciphertext", false)]
    [DataRow("burn the key", false)]
    [DataRow("first boot", true)]
    public async Task An_interrupted_board_becomes_a_device_with_the_next_run(string during, bool resume)
    {
        using var scratch = new Scratch();
        await using var chip = await ChipOnPort.StartAsync(scratch.At("chip"));
        var arguments = await Workbench.ProvisionAsync(chip.Port, scratch.At("state"));
        await using (var line = Shell.Start(Workbench.WithPassphrase, arguments))
        {
            await line.ErrorAsync(during);
            await line.InterruptAsync();
            (await line.ExitAsync()).Refused(130, "MKX-CLI-130");
            Assert.IsEmpty(line.Survivors);
        }

        // The same once more, or only where, and by what.
        string[] resumed = ["device", "resume", "--port", chip.Port, "--bundle", await Workbench.BundleAsync(), "--authority", await Workbench.AuthorityAsync(), "--operator", await Workbench.OperatorAsync(), "--state", scratch.At("state"), "--passphrase-fd", "0"];
        (await Shell.RunAsync(Workbench.WithPassphrase, resume ? resumed : arguments)).Succeeded();
        Assert.HasCount(1, Directory.GetFiles(scratch.At("state"), "*.device.json"));
        await chip.StopAsync();
        await using var device = Shell.Start("device", "run", "--chip", scratch.At("chip"));
        await device.ErrorAsync("device ");
    }
}
