using System;
using Makapix.VirtualEsp32.Efuse;

namespace Makapix.VirtualEsp32.Registers;

/// <summary>
/// The eFuse controller of the chips after the ESP32 (TRM of each, eFuse Controller): the fuses as they were at the last reset or read command, one set of registers for what
/// is burned next, and two commands, of which the one that burns names the block. The Reed-Solomon code that hosts send along is taken and not judged, and no error is ever counted.
/// Timing is not modelled: a command is over before it can be seen running, so its bit always reads 0.
/// </summary>
internal sealed class KeyBlockEfuseController : IPeripheral
{
    private const uint ProgramData = 0x000;
    private const uint ProgramEnd = 0x02C;
    private const uint Conf = 0x1CC;
    private const uint Cmd = 0x1D4;
    private const int ProgramWords = 8;

    private const uint ConfProgram = 0x5A5A;
    private const uint ConfRead = 0x5AA5;
    private const uint CmdRead = 1;
    private const uint CmdProgram = 2;
    private const int CmdBlockShift = 2;

    private static readonly uint[] Settings = [0x1C8, Conf, 0x1E8, 0x1EC, 0x1F0, 0x1F4, 0x1F8]; // CLK, CONF, DAC_CONF, the timings

    private readonly EfuseArray _fuses;
    private readonly uint[] _visible;
    private readonly uint[] _toBurn = new uint[(ProgramEnd - ProgramData) / sizeof(uint)];
    private readonly uint[] _settings = new uint[Settings.Length];

    public KeyBlockEfuseController(EfuseArray fuses)
    {
        _fuses = fuses;
        _visible = new uint[fuses.Map.TotalWords];
        _fuses.CopyVisible(_visible);
    }

    public uint Read(uint offset)
    {
        if (offset < ProgramEnd)
        {
            return _toBurn[offset / sizeof(uint)];
        }

        foreach (var block in _fuses.Map.Blocks)
        {
            if (offset - block.ReadOffset < block.Words * sizeof(uint))
            {
                return _visible[block.FirstWord + (int)((offset - block.ReadOffset) / sizeof(uint))];
            }
        }

        return Array.IndexOf(Settings, offset) is var setting and >= 0 ? _settings[setting] : 0;
    }

    public void Write(uint offset, uint value)
    {
        if (offset < ProgramEnd)
        {
            _toBurn[offset / sizeof(uint)] = value;
        }
        else if (offset == Cmd)
        {
            Execute(value, _settings[Array.IndexOf(Settings, Conf)]);
        }
        else if (Array.IndexOf(Settings, offset) is var setting and >= 0)
        {
            _settings[setting] = value;
        }
    }

    private void Execute(uint command, uint conf)
    {
        if (command == CmdRead && conf == ConfRead)
        {
            _fuses.CopyVisible(_visible);
        }
        else if ((command & ((1u << CmdBlockShift) - 1)) == CmdProgram && conf == ConfProgram && command >> CmdBlockShift is var index && index < _fuses.Map.Blocks.Length)
        {
            var block = _fuses.Map.Blocks[(int)index];
            _fuses.Burn(block, _toBurn.AsSpan(0, Math.Min(block.Words, ProgramWords)));
            Array.Clear(_toBurn);
        }
    }
}
