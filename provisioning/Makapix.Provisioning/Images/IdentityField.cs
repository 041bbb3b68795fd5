namespace Makapix.Provisioning.Images;

/// <summary>TLV types of the identity blob, version 1.</summary>
internal enum IdentityField : byte
{
    DeviceId = 1,
    BrokerHost = 2,
    BrokerPort = 3,
    TrustAnchor = 4,
    CertificateChain = 5,
    PrivateKey = 6,
    IssueTime = 7,
    TopicPrefix = 8,
    RenewalKey = 9,
    StorageKey = 10,
    WifiSsid = 11,
    WifiPassword = 12,
}
