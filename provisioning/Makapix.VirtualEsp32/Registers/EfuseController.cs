using System;
using Makapix.VirtualEsp32.Efuse;

namespace Makapix.VirtualEsp32.Registers;

/// <summary>
/// The ESP32's eFuse controller (ESP32 TRM, eFuse Controller): the fuses as they were at the last reset or read command, the values to burn next, and the two
/// commands. Timing is not modelled: a command is over before it can be seen running, so its bit always reads 0.
/// </summary>
internal sealed class EfuseController : IPeripheral
{
    private const uint Clk = 0x0F8;
    private const uint Conf = 0x0FC;
    private const uint Cmd = 0x104;
    private const uint DacConf = 0x118;

    private const uint ConfProgram = 0x5A5A;
    private const uint ConfRead = 0x5AA5;
    private const uint CmdRead = 1;
    private const uint CmdProgram = 2;

    private readonly EfuseArray _fuses;
    private readonly uint[] _visible;
    private readonly uint[] _toBurn;
    private uint _clk;
    private uint _conf;
    private uint _dacConf;

    public EfuseController(EfuseArray fuses)
    {
        _fuses = fuses;
        _visible = new uint[fuses.Map.TotalWords];
        _toBurn = new uint[fuses.Map.TotalWords];
        _fuses.CopyVisible(_visible);
    }

    public uint Read(uint offset)
    {
        foreach (var block in _fuses.Map.Blocks)
        {
            if (Within(offset, block.ReadOffset, block, out var word))
            {
                return _visible[word];
            }

            if (Within(offset, block.WriteOffset, block, out word))
            {
                return _toBurn[word];
            }
        }

        return offset switch
        {
            Clk => _clk,
            Conf => _conf,
            DacConf => _dacConf,
            _ => 0, // CMD: idle. DEC_STATUS: no error, since only coding scheme None is modelled.
        };
    }

    public void Write(uint offset, uint value)
    {
        foreach (var block in _fuses.Map.Blocks)
        {
            if (Within(offset, block.WriteOffset, block, out var word))
            {
                _toBurn[word] = value;
                return;
            }
        }

        switch (offset)
        {
            case Clk:
                _clk = value;
                break;
            case Conf:
                _conf = value;
                break;
            case DacConf:
                _dacConf = value;
                break;
            case Cmd when value == CmdProgram && _conf == ConfProgram:
                Program();
                break;
            case Cmd when value == CmdRead && _conf == ConfRead:
                _fuses.CopyVisible(_visible);
                break;
        }
    }

    private static bool Within(uint offset, uint start, EfuseBlock block, out int word)
    {
        var relative = offset - start;
        word = block.FirstWord + (int)(relative / sizeof(uint));
        return relative < block.Words * sizeof(uint);
    }

    private void Program()
    {
        // Downwards, as espefuse burns: BLOCK0 may lock the others.
        for (var i = _fuses.Map.Blocks.Length - 1; i >= 0; i--)
        {
            var block = _fuses.Map.Blocks[i];
            var data = _toBurn.AsSpan(block.FirstWord, block.Words);
            if (data.ContainsAnyExcept(0u))
            {
                _fuses.Burn(block, data);
                data.Clear();
            }
        }
    }
}
