namespace Makapix.Provisioning.Authority;

/// <summary>What a certificate is for. Each kind has one profile, <c>certs/profiles/KIND.json</c>, and its CA files bear its name.</summary>
public enum CertificateKind
{
    /// <summary>The offline trust anchor: the one thing a device trusts.</summary>
    Root,

    /// <summary>Issues device certificates and nothing else.</summary>
    DevicesIssuing,

    /// <summary>Issues broker, operator, service and audit certificates.</summary>
    ServicesIssuing,

    /// <summary>A player. Its common name is its device id.</summary>
    Device,

    /// <summary>An MQTT broker: a TLS server.</summary>
    Broker,

    /// <summary>A person or a tool that works on the fleet. Common name <c>op_NAME</c>.</summary>
    Operator,

    /// <summary>A backend of the service. Common name <c>svc_NAME</c>.</summary>
    Service,

    /// <summary>Signs the heads of the ledger, and nothing on the network. Common name <c>audit_NAME</c>.</summary>
    AuditSigner,
}
