using System.IO;
using System.Threading.Tasks;
using Makapix.EndToEnd.Tests.Support;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.EndToEnd.Tests.Manners;

/// <summary>Secrets typed at a terminal: asked for twice where a slip would cost the authority, never shown, and Ctrl-C is heard.</summary>
[TestClass]
public sealed class PromptTests
{
    private const string CtrlC = "\u0003";

    [TestMethod]
    public async Task A_passphrase_typed_twice_makes_an_authority_and_is_not_shown()
    {
        using var scratch = new Scratch();
        await using var init = Shell.StartOnTerminal("ca", "init", "--dir", scratch.At("ca"), "--root", scratch.At("root"));
        await init.PromptAsync("Type yes to make all of this: ");
        await init.TypeAsync("yes\r");
        await init.PromptAsync("passphrase of the authority: ");
        await init.TypeAsync("correct horsf\u007fe battery\r");
        await init.PromptAsync("same passphrase again: ");
        await init.TypeAsync("correct horse battery\r");
        await init.PromptAsync("passphrase of the root: ");
        await init.TypeAsync("another horse battery\r");
        await init.PromptAsync("root: \r\nsame passphrase again: ");
        await init.TypeAsync("another horse battery\r");
        var run = (await init.ExitAsync()).Succeeded();
        Assert.DoesNotContain("horse", run.Output);
        (await Shell.RunAsync(new CliStart { Input = "correct horse battery" }, "ca", "crl", "--dir", scratch.At("ca"), "--out", scratch.At("crl.pem"), "--passphrase-fd", "0")).Succeeded();
    }

    [TestMethod]
    public async Task A_slip_the_second_time_makes_nothing()
    {
        using var scratch = new Scratch();
        await using var init = Shell.StartOnTerminal("ca", "init", "--dir", scratch.At("ca"), "--root", scratch.At("root"));
        await init.PromptAsync("Type yes to make all of this: ");
        await init.TypeAsync("yes\r");
        await init.PromptAsync("passphrase of the authority: ");
        await init.TypeAsync("correct horse battery\r");
        await init.PromptAsync("same passphrase again: ");
        await init.TypeAsync("correct house battery\r");
        var run = await init.ExitAsync();
        Assert.AreEqual(1, run.ExitCode, run.ToString());
        Assert.Contains("MKX-CA-041: ", run.Output);
        Assert.IsFalse(Path.Exists(scratch.At("ca")));
    }

    [TestMethod]
    public async Task A_plan_that_is_not_agreed_to_makes_nothing()
    {
        using var scratch = new Scratch();
        await using var init = Shell.StartOnTerminal("ca", "init", "--dir", scratch.At("ca"), "--root", scratch.At("root"));
        await init.PromptAsync("Type yes to make all of this: ");
        await init.TypeAsync("y\r");
        var run = await init.ExitAsync();
        Assert.AreEqual(1, run.ExitCode, run.ToString());
        Assert.Contains("MKX-CA-074: ", run.Output);
        Assert.IsEmpty(scratch.Entries);
    }

    [TestMethod]
    public async Task Ctrl_C_at_the_prompt_ends_it_and_makes_nothing()
    {
        using var scratch = new Scratch();
        await using var init = Shell.StartOnTerminal("ca", "init", "--dir", scratch.At("ca"), "--root", scratch.At("root"));
        await init.PromptAsync("Type yes to make all of this: ");
        await init.TypeAsync("yes\r");
        await init.PromptAsync("passphrase of the authority: ");
        await init.TypeAsync(CtrlC);
        var run = await init.ExitAsync();
        Assert.AreEqual(130, run.ExitCode, run.ToString());
        Assert.Contains("MKX-CLI-130: ", run.Output);
        Assert.IsFalse(Path.Exists(scratch.At("ca")));
    }
}
