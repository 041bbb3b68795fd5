using System;

namespace Makapix.Provisioning.Authority.Keys;

/// <summary>
/// A key of a CA that is to be, ready to be noted down: all that takes long has been done, so that nobody waits for it while the ledger is closed to
/// everybody else.
/// </summary>
/// <param name="Key">It.</param>
/// <param name="Save">Notes it down under a path in the authority's folder, without the extension.</param>
internal sealed record NewKey(SigningKey Key, Action<string> Save) : IDisposable
{
    public void Dispose() => Key.Dispose();
}
