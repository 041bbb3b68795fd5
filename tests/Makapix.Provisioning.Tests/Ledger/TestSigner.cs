using System.Security.Cryptography.X509Certificates;
using Makapix.Provisioning.Ledger.Heads;

namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>Signs heads with a certificate that a test made.</summary>
internal sealed record TestSigner(X509Certificate2 Certificate, X509Certificate2 Issuer) : IHeadSigner;
