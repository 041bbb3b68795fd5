using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Runtime.InteropServices;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>
/// A PKCS#11 module, loaded once and for the rest of the process: C_Finalize, which unloading would call, ends the sessions of everybody in it.
/// The library below asks for libdl by the name that only a development package has; its own is libdl.so.2.
/// </summary>
internal static class TokenModule
{
    public static readonly Pkcs11InteropFactories Factories = new();

    private static readonly ConcurrentDictionary<string, Lazy<IPkcs11Library>> Loaded = new();

    static TokenModule() =>
        NativeLibrary.SetDllImportResolver(typeof(Pkcs11InteropFactories).Assembly, (name, _, _) => name == "libdl" && OperatingSystem.IsLinux() ? NativeLibrary.Load("libdl.so.2") : IntPtr.Zero);

    /// <summary>The one slot with the token of that label.</summary>
    /// <exception cref="AuthorityException">MKX-CA-062: no module, no token, or several.</exception>
    public static ISlot SlotOf(TokenUri uri)
    {
        var slots = Library(uri.Module).GetSlotList(SlotsType.WithTokenPresent).Where(slot => slot.GetTokenInfo().Label.TrimEnd() == uri.Token).ToList();
        return slots.Count == 1
            ? slots[0]
            : throw new AuthorityException("062", slots.Count == 0 ? $"no token '{uri.Token}' is there." : $"{slots.Count} tokens are called '{uri.Token}'.", "Plug it in and see that 'pkcs11-tool --list-token-slots' shows it; the label must be its own.");
    }

    private static IPkcs11Library Library(string module)
    {
        try
        {
            return Loaded.GetOrAdd(module, path => new Lazy<IPkcs11Library>(() => Factories.Pkcs11LibraryFactory.LoadPkcs11Library(Factories, path, AppType.MultiThreaded))).Value;
        }
        catch (Exception e) when (e is LibraryArchitectureException or UnmanagedException or Pkcs11Exception or DllNotFoundException)
        {
            Loaded.TryRemove(module, out _);
            throw new AuthorityException("068", $"the PKCS#11 module '{module}' cannot be loaded.", "Install the one of your token, and p11-kit (apt-get install libp11-kit0), or name it in the URI by ?module-path=FILE.", e);
        }
    }
}
