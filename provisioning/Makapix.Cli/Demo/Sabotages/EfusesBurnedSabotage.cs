namespace Makapix.Cli.Demo.Sabotages;

internal sealed class EfusesBurnedSabotage : Sabotage
{
    public override string Check => "efuses-burned";

    public override string What => "JTAG is open again, as no real eFuse could be";

    // BLOCK0 word 6, bit 6 (JTAG_DISABLE).
    public override void BeforeCheck(DemoWorld world) => throw new System.NotImplementedException();
}
