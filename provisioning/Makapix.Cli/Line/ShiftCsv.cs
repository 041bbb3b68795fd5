using System;
using System.Globalization;
using System.IO;
using System.Text;
using Makapix.Cli.Reports;
using Makapix.Provisioning.Line.Lanes;
using Makapix.Provisioning.Storage;

namespace Makapix.Cli.Line;

/// <summary>The boards of a shift, a row each, on the disk before the next thing happens. A later shift goes on in the same file.</summary>
internal sealed class ShiftCsv : IDisposable
{
    private const string Header = "when,port,lane,mac,device,result,code,seconds\r\n";

    private readonly FileStream _file;

    private ShiftCsv(FileStream file) => _file = file;

    /// <exception cref="CliException">070: the file is something else.</exception>
    /// <exception cref="IOException">It cannot be written, or another shift has it.</exception>
    public static ShiftCsv Open(string path)
    {
        // One shift writes it, and a spreadsheet may look: on Unix no lock of ours keeps a reader out, on Windows it would.
        var share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = DurableFile.Private;
        }

        var csv = new ShiftCsv(new FileStream(path, options));
        try
        {
            csv.Begin(path);
            return csv;
        }
        catch
        {
            csv.Dispose();
            throw;
        }
    }

    public void Add(BoardResult board) => Append(Csv.Row(
    [
        Csv.Time(board.At), board.Port, board.Lane.ToString(CultureInfo.InvariantCulture), board.Mac ?? "", board.DeviceId?.ToString("D") ?? "",
        Word.Of(board.Result), board.Code ?? "", board.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
    ]));

    public void Dispose() => _file.Dispose();

    private void Begin(string path)
    {
        if (_file.Length == 0)
        {
            Append(Header);
            return;
        }

        var start = new byte[Header.Length];
        if (_file.Length < Header.Length || _file.ReadAtLeast(start, start.Length) < start.Length || !start.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(Header)))
        {
            throw new CliException("070", $"{path} is no CSV file of a shift.", "Name a new file, or one that --csv wrote.");
        }

        // A row that the power cut short must not run into the next one.
        _file.Seek(-1, SeekOrigin.End);
        var whole = _file.ReadByte() == '\n';
        if (!whole)
        {
            Append("\r\n");
        }
    }

    private void Append(string text)
    {
        _file.Seek(0, SeekOrigin.End);
        _file.Write(Encoding.UTF8.GetBytes(text));
        _file.Flush(flushToDisk: true);
    }
}
