using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Line;
using Makapix.Provisioning.Line.Lanes;

namespace Makapix.Provisioning.Tests.Line.Lanes;

/// <summary>A line whose boards end when a test says so.</summary>
internal sealed class ScriptedBoards : IBoardRunner
{
    private readonly Lock _gate = new();
    private readonly List<ScriptedBoard> _taken = [];

    /// <summary>What the station lacks; null: nothing.</summary>
    public MakapixException? Lacks { get; set; }

    /// <summary>Every board that was taken, oldest first.</summary>
    public IReadOnlyList<ScriptedBoard> Taken
    {
        get
        {
            lock (_gate)
            {
                return [.. _taken];
            }
        }
    }

    /// <summary>The ports of those as one text, in the order of their names: boards that are taken at a time begin in any order.</summary>
    public string Ports => string.Join(' ', Taken.Select(board => board.Port).Order());

    public void RequireReady()
    {
        if (Lacks is not null)
        {
            throw Lacks;
        }
    }

    public Task<ProvisionedDevice> RunAsync(string port, ILineProgress progress, CancellationToken cancel)
    {
        var board = new ScriptedBoard(port, progress, cancel);
        lock (_gate)
        {
            _taken.Add(board);
        }

        return board.Ended;
    }
}
