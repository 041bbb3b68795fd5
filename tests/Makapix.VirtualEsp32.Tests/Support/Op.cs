namespace Makapix.VirtualEsp32.Tests.Support;

/// <summary>Command bytes as esptool sends them; written down once more here, so that a slip in the product shows.</summary>
internal static class Op
{
    public const byte FlashBegin = 0x02;
    public const byte FlashData = 0x03;
    public const byte FlashEnd = 0x04;
    public const byte MemBegin = 0x05;
    public const byte Sync = 0x08;
    public const byte WriteReg = 0x09;
    public const byte ReadReg = 0x0A;
    public const byte SpiSetParams = 0x0B;
    public const byte SpiAttach = 0x0D;
    public const byte ReadFlashSlow = 0x0E;
    public const byte ChangeBaudrate = 0x0F;
    public const byte FlashDeflBegin = 0x10;
    public const byte FlashDeflData = 0x11;
    public const byte FlashDeflEnd = 0x12;
    public const byte SpiFlashMd5 = 0x13;
    public const byte GetSecurityInfo = 0x14;
    public const byte EraseFlash = 0xD0;
}
