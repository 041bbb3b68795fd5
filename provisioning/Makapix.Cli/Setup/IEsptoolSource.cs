using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Setup;

/// <summary>One way to come by esptool, espefuse and espsecure.</summary>
internal interface IEsptoolSource
{
    /// <summary>For people: what is tried.</summary>
    string Description { get; }

    /// <summary>The one command that somebody who may install packages runs to open this way; null if that would not help.</summary>
    string? Command => null;

    /// <summary>Fetches if it must; null if this way is closed on this machine.</summary>
    Task<EsptoolCommands?> ProvideAsync(CancellationToken cancel);
}
