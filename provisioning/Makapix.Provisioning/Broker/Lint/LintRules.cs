using System.Collections.Immutable;

namespace Makapix.Provisioning.Broker.Lint;

/// <summary>Every weakness that is looked for.</summary>
public static class LintRules
{
    internal static readonly LintRule SharedCredentials = new("shared-credentials",
        "clients are told apart by a password at most: one that is copied is a client for ever, and nobody can say whose",
        "Give each client a certificate: require_certificate true, use_identity_as_username true, and no password_file");

    internal static readonly LintRule Anonymous = new("anonymous", "anybody may connect", "Write allow_anonymous false");

    internal static readonly LintRule Plaintext = new("plaintext-listener", "a listener without TLS is reached from beyond this machine",
        "Bind it to 127.0.0.1, or give it certfile, keyfile, cafile and require_certificate true");

    internal static readonly LintRule NoClientCertificate = new("no-client-certificate", "a TLS listener takes clients without a certificate", "Write require_certificate true and use_identity_as_username true");

    internal static readonly LintRule NameOfTheirChoice = new("name-by-choice", "a client with a certificate still says itself who it is: the access list believes it, and every player may be the service",
        "Write use_identity_as_username true");

    internal static readonly LintRule NoCrl = new("no-crl", "a certificate that was revoked still opens the door", "Write crlfile, one list for each issuer, and reload after each new one");

    internal static readonly LintRule OldTls = new("old-tls", "TLS older than 1.2 is spoken", "Write tls_version tlsv1.2: it is the least, and 1.3 is spoken too");

    internal static readonly LintRule NoConnectionLimit = new("no-connection-limit", "a listener takes connections without end: one client can hold them all, and the memory",
        "Write max_connections after its 'listener': it binds that listener alone");

    internal static readonly LintRule NoAddressLimit = new("no-address-limit", "mosquitto has no limit for each address, and this listener is reached without a front: one address can take every connection",
        "Bind the listener to 127.0.0.1 behind a front that limits each address: makapix broker kit");

    internal static readonly LintRule NoQueueLimit = new("no-queue-limit", "what waits for an offline client is not limited by bytes: it fills the memory", "Write max_queued_messages 100 and max_queued_bytes 1048576");

    internal static readonly LintRule NoPacketLimit = new("no-packet-limit", "one packet may have 256 MB", "Write max_packet_size 135168: the service's longest replies fit");

    internal static readonly LintRule NoKeepAliveLimit = new("no-keepalive-limit", "a client that asks for a keep-alive of 18 hours holds its slot as long after it is gone (CVE-2020-13849)",
        "Write max_keepalive 120, with mosquitto 2.0.12 or newer, or a client timeout at the front");

    internal static readonly LintRule NoMemoryLimit = new("no-memory-limit", "the heap grows until the kernel kills something", "Write memory_limit");

    internal static readonly LintRule SessionsForEver = new("sessions-for-ever", "the session of a client that went away is kept for ever, with its queue", "Write persistent_client_expiration 1h");

    internal static readonly LintRule NoAcl = new("no-acl", "every client reads and writes every topic", "Write acl_file");

    internal static readonly LintRule Root = new("runs-as-root", "the broker runs as root: a flaw in it is the machine's", "Write an account of its own, such as mosquitto");

    internal static readonly LintRule ClientIdTakeover = new("client-id-takeover", "a client that names another's client id ends the other's session", "Write use_username_as_clientid true after the listener; each certificate then holds one session");

    internal static readonly LintRule ReadsEverything = new("reads-everything", "a user reads or writes every topic", "Name the topics of its work, one line each");

    internal static readonly LintRule ReadsSys = new("reads-sys", "a user reads $SYS by a wildcard: how many are connected, and how much the broker can bear", "Name the figures that it needs, one line each");

    internal static readonly LintRule AclForAnybody = new("acl-for-anybody", "a topic before the first 'user' is given to clients without a name", "Move it below a 'user', or make it a pattern with %u");

    internal static readonly LintRule PatternWithoutName = new("pattern-without-name", "a pattern without %u or %c gives every client every other's topics", "Put %u where the client's name stands in the topic");

    internal static readonly LintRule ClientIdPattern = new("pattern-by-client-id", "a pattern with %c believes the client id, which a client chooses", "Write %u: the certificate's name");

    internal static readonly LintRule PlainPassword = new("plain-password", "a password lies in clear", "Hash the file: mosquitto_passwd -U");

    internal static readonly LintRule WeakHash = new("weak-hash", "a password is hashed once (SHA-512): a copied file is guessed in hours", "Set it again with mosquitto_passwd of 2.0 or newer, which writes $7$");

    internal static readonly LintRule InternalPort = new("internal-port-published", "a port of the broker is bound to every address of the host", "Write 127.0.0.1:1883:1883, or 'expose' where only other containers need it");

    internal static readonly LintRule Privileged = new("privileged-container", "the container has more rights than a broker needs", "Take out privileged, cap_add and host namespaces; write cap_drop: [ALL] and security_opt: [no-new-privileges:true]");

    internal static readonly LintRule HostNamespace = new("host-namespace", "the container sees the host's processes or shares its memory: a flaw in the broker reads the others' secrets",
        "Take out pid: host and ipc: host");

    internal static readonly LintRule NotRead = new("include-not-read", "the files of include_dir belong to this configuration and were not looked at: any of them may undo what stands here",
        "Put what is in them into one file, or name them to the linter as well");

    internal static readonly LintRule FloatingImage = new("floating-image", "the image is another one tomorrow", "Name a full version, better a digest");

    internal static readonly LintRule SecretInCompose = new("secret-in-compose", "a password stands in the file", "Use secrets: or an env_file that is not checked in");

    /// <summary>Every rule.</summary>
    public static ImmutableArray<LintRule> All =>
    [
        SharedCredentials, Anonymous, Plaintext, NoClientCertificate, NameOfTheirChoice, NoCrl, OldTls, NoConnectionLimit, NoAddressLimit, NoQueueLimit, NoPacketLimit, NoKeepAliveLimit, NoMemoryLimit,
        SessionsForEver, NoAcl, Root, ClientIdTakeover, ReadsEverything, ReadsSys, AclForAnybody, PatternWithoutName, ClientIdPattern, PlainPassword, WeakHash, InternalPort, Privileged,
        HostNamespace, NotRead, FloatingImage, SecretInCompose,
    ];
}
