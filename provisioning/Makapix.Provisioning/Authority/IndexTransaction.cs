using System;
using System.Collections.Generic;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Authority;

/// <summary>The index, up to date and locked until <see cref="Dispose"/>. Begun and ended on one thread.</summary>
internal sealed class IndexTransaction(CertificateIndex index, AppendOnlyLog log) : IDisposable
{
    private bool _ended;

    public long CrlNumber => index.State.CrlNumber;

    public IEnumerable<IssuedCertificate> Certificates => index.State.Certificates;

    public IssuedCertificate? Find(string serial) => index.State.Find(serial);

    public IEnumerable<IssuedCertificate> Named(string commonName) => index.State.Named(commonName);

    /// <summary>Writes one line, and returns when it is on the disk.</summary>
    public void Append(IndexEvent happened) => index.Append(log, happened);

    public void Dispose()
    {
        if (!_ended)
        {
            _ended = true;
            index.End(log);
        }
    }
}
