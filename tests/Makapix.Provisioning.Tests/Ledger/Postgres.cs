using System;
using Makapix.Testing;

namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>The one PostgreSQL that these tests share, each in a database of its own. Started by the first that needs it.</summary>
internal static class Postgres
{
    private static readonly Lazy<PostgresServer> Running = new(() =>
    {
        var server = new PostgresServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        server.Start();
        return server;
    });

    public static PostgresServer Server => Running.Value;
}
