using System;
using System.Runtime.InteropServices;
using Makapix.VirtualEsp32.Flash;

namespace Makapix.VirtualEsp32.Registers;

/// <summary>
/// SPI1, to which the flash is wired: user-defined commands (TRM of the chip, SPI Controller, GP-SPI). It knows the commands by which tools ask a flash
/// who it is and how it fares; programming and erasing go through the loader's own commands.
/// </summary>
/// <param name="map">Where the chip has its registers.</param>
/// <param name="flash">What is wired to it.</param>
internal sealed class SpiController(SpiRegisters map, NorFlash flash) : IPeripheral
{
    private const uint Cmd = 0x00;
    private const uint Addr = 0x04;
    private const uint WordsEnd = 0xC0;

    private const uint CmdUsr = 1u << 18;
    private const uint UsrMiso = 1u << 28;
    private const int UsrAddrBitlenShift = 26;
    private const uint MisoBitlenMask = 0x1FF;

    private const byte WriteDisable = 0x04;
    private const byte ReadStatus1 = 0x05;
    private const byte WriteEnable = 0x06;
    private const byte ReadStatus3 = 0x15;
    private const byte ReadStatus2 = 0x35;
    private const byte ReadSfdp = 0x5A;
    private const byte ReadJedecId = 0x9F;

    private const byte WriteEnableLatch = 0x02;

    private readonly uint[] _registers = new uint[WordsEnd / sizeof(uint)];
    private bool _writeEnabled;

    /// <summary>Whether the pins are set up: SPI_ATTACH does that in download mode, and until then nobody answers.</summary>
    public bool Attached { get; set; }

    public uint Read(uint offset) => offset < WordsEnd ? _registers[offset / sizeof(uint)] : 0;

    public void Write(uint offset, uint value)
    {
        if (offset == Cmd)
        {
            if ((value & CmdUsr) != 0)
            {
                Transfer();
            }

            return; // the bit clears itself when the transfer is over, and it is over
        }

        if (offset < WordsEnd)
        {
            _registers[offset / sizeof(uint)] = value;
        }
    }

    private uint Register(uint offset) => _registers[offset / sizeof(uint)];

    private void Transfer()
    {
        var command = (byte)Register(map.Usr2);
        _writeEnabled = Attached && command switch
        {
            WriteEnable => true,
            WriteDisable => false,
            _ => _writeEnabled,
        };

        if ((Register(map.Usr) & UsrMiso) == 0)
        {
            return;
        }

        var bits = (int)(Register(map.MisoDlen) & MisoBitlenMask) + 1;
        var window = MemoryMarshal.AsBytes(_registers.AsSpan((int)(map.W0 / sizeof(uint))))[..((bits + 7) / 8)];
        window.Fill(NorFlash.Erased); // a line that nobody drives is pulled up
        if (Attached)
        {
            Answer(command, window);
        }
    }

    private void Answer(byte command, Span<byte> miso)
    {
        switch (command)
        {
            case ReadJedecId:
                Copy(flash.Jedec, miso);
                break;
            case ReadSfdp:
                var address = Address();
                Copy(FlashIdentity.Sfdp[(int)Math.Min(address, (uint)FlashIdentity.Sfdp.Length)..], miso);
                break;
            case ReadStatus1:
                miso.Fill(_writeEnabled ? WriteEnableLatch : (byte)0);
                break;
            case ReadStatus2 or ReadStatus3:
                miso.Clear();
                break;
        }
    }

    /// <summary>The controller shifts the address out from bit 31 on, so it is left-aligned in the register.</summary>
    private uint Address() => Register(Addr) >> (31 - (int)(Register(map.Usr1) >> UsrAddrBitlenShift));

    private static void Copy(ReadOnlySpan<byte> from, Span<byte> to) => from[..Math.Min(from.Length, to.Length)].CopyTo(to);
}
