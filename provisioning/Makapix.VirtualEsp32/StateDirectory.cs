using System;
using System.IO;
using System.Text;
using Makapix.Provisioning.Chips;
using Makapix.Provisioning.Chips.Profiles;
using Makapix.Provisioning.Storage;
using Makapix.VirtualEsp32.Efuse;
using Makapix.VirtualEsp32.Flash;
using Makapix.VirtualEsp32.Power;
using Makapix.VirtualEsp32.Silicon;

namespace Makapix.VirtualEsp32;

/// <summary>Opens the files of a chip, with a lock around them: two processes that both believe they own the flash would tear it.</summary>
internal sealed class StateDirectory : IDisposable
{
    private const string FlashName = "flash.bin";
    private const string EfuseName = "efuse.bin";
    private const string LockName = "chip.lock";
    private const string KindName = "chip.kind";
    private const int MaxKindLength = 16;

    private FileStream? _lock;

    public StateDirectory(string directory)
    {
        Path = System.IO.Path.GetFullPath(directory);
        try
        {
            Directory.CreateDirectory(Path);
            _lock = new FileStream(File(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (System.IO.File.Exists(File(LockName)))
        {
            throw new VirtualChipException("011", $"the chip in {Path} is in use by another process.", "Stop that one, or give another --state directory.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    public string Path { get; }

    /// <summary>What kind of chip this is. An ESP32 is not written down: it is what a directory without a word of it holds.</summary>
    public ChipProfile OpenKind(ChipProfile? asked)
    {
        var path = File(KindName);
        try
        {
            if (!System.IO.File.Exists(path))
            {
                var fresh = System.IO.File.Exists(File(EfuseName)) ? ChipProfiles.Esp32 : asked ?? ChipProfiles.Esp32;
                if (fresh.Name != ChipProfiles.Esp32.Name)
                {
                    DurableFile.Replace(path, Encoding.ASCII.GetBytes(fresh.Name + "\n"), DurableFile.Private);
                }

                return Require(fresh, asked);
            }

            return Require(ReadKind(path), asked);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    public EfuseArray OpenEfuses(ChipModel model, MacAddress? mac, PowerRail power)
    {
        var path = File(EfuseName);
        var file = new EfuseFile(path, model.Efuses);
        try
        {
            if (!System.IO.File.Exists(path))
            {
                file.Save(model.Factory(mac ?? FactoryMac.CreateRandom()));
            }

            var efuses = new EfuseArray(model.Efuses, file.Load(), file, power);
            return mac is null || mac == efuses.Mac
                ? efuses
                : throw new VirtualChipException("014", $"the chip in {Path} has the address {efuses.Mac}, not {mac}.", "Leave --mac out, or give another --state directory.");
        }
        catch (InvalidDataException e)
        {
            throw new VirtualChipException("013", $"{path} holds {e.Message}, and an {model.Profile.Title}'s eFuse image has {model.Efuses.FileSize}.", "Give another --state directory, or put the right file back.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    public NorFlash OpenFlash(PowerRail power, FlashFaults faults)
    {
        var path = File(FlashName);
        try
        {
            if (!System.IO.File.Exists(path))
            {
                var blank = new byte[NorFlash.Size];
                blank.AsSpan().Fill(NorFlash.Erased);
                DurableFile.Replace(path, blank, DurableFile.Private);
            }

            // Others may read the flash while the chip runs: it is what a thief with a clip on the flash would see.
            var handle = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            try
            {
                var length = RandomAccess.GetLength(handle);
                if (length != NorFlash.Size)
                {
                    throw new VirtualChipException("012", $"{path} holds {length} bytes, and the flash has {NorFlash.Size}.", "Give another --state directory, or put the right file back.");
                }

                var cells = new byte[NorFlash.Size];
                var read = 0;
                while (read < cells.Length && RandomAccess.Read(handle, cells.AsSpan(read), read) is var n and > 0)
                {
                    read += n;
                }

                return new NorFlash(cells, handle, power, faults);
            }
            catch
            {
                handle.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    /// <summary>Hands the lock over: from here on the chip holds it.</summary>
    public FileStream TakeLock()
    {
        var taken = _lock ?? throw new InvalidOperationException("The lock has been taken already.");
        _lock = null;
        return taken;
    }

    public void Dispose() => _lock?.Dispose();

    private static ChipProfile ReadKind(string path)
    {
        Span<byte> text = stackalloc byte[MaxKindLength];
        using var file = System.IO.File.OpenRead(path);
        var name = Encoding.ASCII.GetString(text[..file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)]).TrimEnd();
        return ChipProfiles.Find(name) ?? throw new VirtualChipException("016", $"{path} names no kind of chip.", $"Put one of {string.Join(", ", ChipProfiles.Names)} there, or give another --state directory.");
    }

    private ChipProfile Require(ChipProfile known, ChipProfile? asked) => asked is null || asked.Name == known.Name
        ? known
        : throw new VirtualChipException("015", $"the chip in {Path} is an {known.Title}, not an {asked.Title}.", "Leave --chip out, or give another --state directory.");

    private string File(string name) => System.IO.Path.Combine(Path, name);

    private VirtualChipException Unusable(Exception e) =>
        new("010", $"the state directory {Path} cannot be used: {e.Message.TrimEnd('.')}.", "Check its path, its permissions and the free space.", e);
}
