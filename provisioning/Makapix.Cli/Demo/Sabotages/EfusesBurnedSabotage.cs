namespace Makapix.Cli.Demo.Sabotages;

internal sealed class EfusesBurnedSabotage : Sabotage
{
    // efuse.bin is the controller's registers in reverse: BLOCK0 word 6 is the big-endian word at 284 - 0x18. JTAG_DISABLE is its bit 6.
    private const int Offset = 284 - 0x18 + 3;
    private const int JtagDisable = 6;

    public override string Check => "efuses-burned";

    public override string What => "JTAG is open again, which no real eFuse would allow";

    public override void BeforeCheck(DemoWorld world) => SiliconFile.FlipBit(world.Folders.Efuses, Offset, JtagDisable);
}
