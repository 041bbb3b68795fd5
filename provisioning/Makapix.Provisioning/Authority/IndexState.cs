using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Makapix.Provisioning.Authority;

/// <summary>What the lines of the index add up to.</summary>
internal sealed class IndexState
{
    private readonly Dictionary<string, IssuedCertificate> _bySerial = [];
    private readonly Dictionary<string, List<string>> _serialsByName = [];

    public long CrlNumber { get; private set; }

    public IEnumerable<IssuedCertificate> Certificates => _bySerial.Values;

    public IssuedCertificate? Find(string serial) => _bySerial.GetValueOrDefault(serial);

    public IEnumerable<IssuedCertificate> Named(string commonName) =>
        _serialsByName.TryGetValue(commonName, out var serials) ? serials.Select(serial => _bySerial[serial]) : [];

    /// <exception cref="InvalidDataException">The event contradicts what came before it.</exception>
    public void Apply(IndexEvent happened)
    {
        switch (happened)
        {
            case IndexEvent.Issued e:
                Add(e);
                break;
            case IndexEvent.Revoked e when Find(e.Serial) is { RevokedAt: null } certificate:
                _bySerial[e.Serial] = certificate with { RevokedAt = e.At, Reason = e.Reason };
                break;
            case IndexEvent.CrlNumbered e when e.Number > CrlNumber:
                CrlNumber = e.Number;
                break;
            default:
                throw new InvalidDataException($"A {happened.GetType().Name} that cannot follow what is before it.");
        }
    }

    private void Add(IndexEvent.Issued e)
    {
        var certificate = new IssuedCertificate(e.Serial, e.Kind, e.CommonName, e.Issuer, e.NotBefore, e.NotAfter, e.At, e.Sha256);
        if (!_bySerial.TryAdd(e.Serial, certificate))
        {
            throw new InvalidDataException("A serial number that was issued before.");
        }

        if (!_serialsByName.TryGetValue(e.CommonName, out var serials))
        {
            _serialsByName[e.CommonName] = serials = [];
        }

        serials.Add(e.Serial);
    }
}
