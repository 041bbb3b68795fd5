using System;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Cli.Demo;

/// <summary>The demo's broker, running.</summary>
internal interface IDemoBroker : IAsyncDisposable
{
    /// <summary>Makes it read the CRL again.</summary>
    Task ReloadAsync(CancellationToken cancel);

    /// <summary>Ends it at once, as a crash would.</summary>
    Task KillAsync(CancellationToken cancel);
}
