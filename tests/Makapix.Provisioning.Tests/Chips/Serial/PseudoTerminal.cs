using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Tests.Chips.Serial;

/// <summary>A board at a terminal of this machine, which answers each debug ping or is silent: in Python, which esptool needs anyway, since .NET opens no pseudo-terminals.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const string Board = """
        import os, pty, sys, tty
        board, port = pty.openpty()
        tty.setraw(board)
        print(os.ttyname(port), flush=True)
        while True:
            if b"NFPKTV1" in os.read(board, 256) and sys.argv[1] == "True":
                os.write(board, b"ets Jun  8 2016 00:22:57\r\nNFPK")
                os.write(board, b"TV1\0")
        """;

    private readonly Process _process;

    private PseudoTerminal(Process process) => _process = process;

    /// <summary>Its name, as a port.</summary>
    public string Port { get; private set; } = "";

    public static async Task<PseudoTerminal> StartAsync(bool answers)
    {
        var terminal = new PseudoTerminal(Process.Start(new ProcessStartInfo("python3", ["-c", Board, $"{answers}"]) { RedirectStandardOutput = true })!);
        terminal.Port = await terminal._process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new InvalidOperationException("python3 opened no terminal.");
        return terminal;
    }

    /// <summary>Pulls the board.</summary>
    public void Pull()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Pull();
        _process.Dispose();
    }
}
