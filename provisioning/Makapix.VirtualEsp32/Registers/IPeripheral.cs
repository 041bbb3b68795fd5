namespace Makapix.VirtualEsp32.Registers;

/// <summary>A block of 32-bit registers. Offsets are multiples of 4; a register that does not exist reads 0 and takes any write.</summary>
internal interface IPeripheral
{
    uint Read(uint offset);

    void Write(uint offset, uint value);
}
