using System;
using System.Linq;
using Makapix.Provisioning.Broker;
using Makapix.Provisioning.Broker.Lint;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Lint;

/// <summary>What the linter finds, and what it leaves alone.</summary>
[TestClass]
public sealed class BrokerLintTests
{
    // The broker that the threat analysis looked at: each of its findings must be among ours.
    private const string Analysed = """
        persistence false
        allow_anonymous false
        acl_file /mosquitto/config/acls
        password_file /mosquitto/config/passwords
        user root
        listener 1883 0.0.0.0
        listener 8883 0.0.0.0
        cafile /mosquitto/certs/ca.crt
        certfile /mosquitto/certs/server.crt
        keyfile /mosquitto/certs/server.key
        require_certificate true
        use_identity_as_username true
        crlfile /mosquitto/certs/crl.pem
        """;

    private const string Sound = """
        allow_anonymous false
        acl_file /a
        max_packet_size 135168
        max_queued_messages 100
        max_queued_bytes 1048576
        max_keepalive 120
        memory_limit 100000000
        persistent_client_expiration 1h
        listener 8884 127.0.0.1
        max_connections 100
        certfile /c
        keyfile /k
        cafile /t
        crlfile /r
        require_certificate true
        use_identity_as_username true
        use_username_as_clientid true
        tls_version tlsv1.2
        """;

    [TestMethod]
    [DataRow("shared-credentials", 4)]
    [DataRow("runs-as-root", 5)]
    [DataRow("plaintext-listener", 6)]
    [DataRow("no-connection-limit", 6)]
    [DataRow("no-connection-limit", 7)]
    [DataRow("no-address-limit", 6)]
    [DataRow("no-address-limit", 7)]
    [DataRow("no-queue-limit", 0)]
    [DataRow("no-packet-limit", 0)]
    [DataRow("no-keepalive-limit", 0)]
    [DataRow("client-id-takeover", 7)]
    public void Finds_what_the_threat_analysis_found(string rule, int line) =>
        Assert.IsTrue(Look("mosquitto.conf", Analysed).Any(finding => finding.Rule == rule && finding.Line == line), $"{rule} in line {line}");

    [TestMethod]
    public void Leaves_a_sound_configuration_alone() => Assert.IsEmpty(Look("mosquitto.conf", Sound));

    [TestMethod]
    [DataRow("anonymous", "allow_anonymous false", "allow_anonymous true")]
    [DataRow("no-acl", "acl_file /a\n", "")]
    [DataRow("no-packet-limit", "max_packet_size 135168", "max_packet_size 0", DisplayName = "0 is no limit")]
    [DataRow("no-queue-limit", "max_queued_bytes 1048576", "max_queued_bytes 0", DisplayName = "0 is no limit of bytes")]
    [DataRow("no-queue-limit", "max_queued_messages 100", "max_queued_messages 0", DisplayName = "0 is no limit of messages")]
    [DataRow("no-keepalive-limit", "max_keepalive 120", "max_keepalive 65535", DisplayName = "SlowITe: 18 hours")]
    [DataRow("no-connection-limit", "max_connections 100", "max_connections -1")]
    [DataRow("no-connection-limit", "max_connections 100\n", "", DisplayName = "no limit after the listener")]
    [DataRow("no-address-limit", "listener 8884 127.0.0.1", "listener 8884", DisplayName = "no address is every address")]
    [DataRow("no-address-limit", "listener 8884 127.0.0.1", "listener 8884 ::", DisplayName = "every address, IPv6")]
    [DataRow("plaintext-listener", "certfile /c\n", "", DisplayName = "a listener that lost its certificate, beyond loopback")]
    [DataRow("no-client-certificate", "require_certificate true", "require_certificate false")]
    [DataRow("name-by-choice", "use_identity_as_username true\n", "", DisplayName = "a player that says it is the service")]
    [DataRow("no-crl", "crlfile /r\n", "")]
    [DataRow("old-tls", "tls_version tlsv1.2", "tls_version tlsv1.1")]
    [DataRow("client-id-takeover", "use_username_as_clientid true\n", "")]
    [DataRow("sessions-for-ever", "persistent_client_expiration 1h\n", "")]
    [DataRow("include-not-read", "acl_file /a\n", "acl_file /a\ninclude_dir /etc/mosquitto/conf.d\n", DisplayName = "files that may say allow_anonymous true")]
    [DataRow("no-memory-limit", "memory_limit 100000000\n", "")]
    public void Finds_one_weakness_in_what_is_sound_otherwise(string rule, string sound, string weak)
    {
        var text = (Sound + "\n").Replace(sound, weak, StringComparison.Ordinal);
        text = rule == "plaintext-listener" ? text.Replace("8884 127.0.0.1", "8884 0.0.0.0", StringComparison.Ordinal) : text;
        Assert.IsTrue(Look("mosquitto.conf", text).Any(finding => finding.Rule == rule), rule);
    }

    [TestMethod]
    public void A_limit_before_the_listener_is_not_the_listeners()
    {
        var text = "max_connections 100\n" + (Sound + "\n").Replace("max_connections 100\n", "", StringComparison.Ordinal);
        Assert.IsTrue(Look("mosquitto.conf", text).Any(finding => finding.Rule == "no-connection-limit"));
    }

    [TestMethod]
    [DataRow("reads-everything", "user a\ntopic readwrite #")]
    [DataRow("reads-everything", "user a\ntopic #", DisplayName = "no access word: both are meant")]
    [DataRow("reads-everything", "user a\ntopic read +/+/#", DisplayName = "a # by another name")]
    [DataRow("reads-sys", "user a\ntopic read $SYS/#")]
    [DataRow("reads-sys", "user a\ntopic $SYS/+/#", DisplayName = "all of $SYS by another name")]
    [DataRow("reads-sys", "user a\ntopic read $SYS/broker/#", DisplayName = "all that there is in $SYS")]
    [DataRow("reads-sys", "user a\ntopic read $SYS/broker/clients/+", DisplayName = "more than it names")]
    [DataRow("acl-for-anybody", "topic read news\nuser a")]
    [DataRow("pattern-without-name", "pattern write makapix/player/+/status")]
    [DataRow("pattern-by-client-id", "pattern write makapix/player/%c/status")]
    [DataRow("plain-password", "ada:lovelace")]
    [DataRow("weak-hash", "ada:$6$c2FsdA==$aGFzaA==")]
    [DataRow("shared-credentials", "ada:$7$101$c2FsdA==$aGFzaA==\nbob:$7$101$c2FsdA==$aGFzaA==")]
    public void Finds_what_is_weak_in_lists_and_passwords(string rule, string text) =>
        Assert.IsTrue(Look("file", text).Any(finding => finding.Rule == rule), rule);

    [TestMethod]
    [DataRow("user a\ntopic deny #")]
    [DataRow("user a\ntopic deny $SYS/+/#")]
    [DataRow("user a\ntopic read $SYS/broker/uptime")]
    [DataRow("pattern read makapix/player/%u/command")]
    public void Leaves_sound_lists_alone(string text) => Assert.IsEmpty(Look("acl", text));

    [TestMethod]
    [DataRow("internal-port-published", "ports: ['1883:1883']")]
    [DataRow("internal-port-published", "ports: ['0.0.0.0:9001:9001']")]
    [DataRow("internal-port-published", "ports: ['1883']", DisplayName = "a port of Docker's choice is on every address too")]
    [DataRow("internal-port-published", "ports: [{ target: 1883, published: 1883 }]", DisplayName = "the long form")]
    [DataRow("runs-as-root", "user: root")]
    [DataRow("privileged-container", "privileged: true")]
    [DataRow("privileged-container", "cap_add: [NET_ADMIN]")]
    [DataRow("host-namespace", "pid: host")]
    [DataRow("host-namespace", "ipc: host")]
    [DataRow("floating-image", "restart: always")]
    [DataRow("secret-in-compose", "environment: { MQTT_PASSWORD: hunter2 }")]
    [DataRow("secret-in-compose", "environment: ['MQTT_PASSWORD=hunter2']")]
    public void Finds_what_is_weak_in_a_compose_file(string rule, string entry)
    {
        var findings = Look("compose.yaml", $"services:\n  broker:\n    image: eclipse-mosquitto:2.0\n    {entry}\n");
        Assert.IsTrue(findings.Any(finding => finding.Rule == rule), rule);
        Assert.IsFalse(findings.Any(finding => finding.ToString().Contains("hunter2", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("ports: ['8883:8883']")]
    [DataRow("ports: ['127.0.0.1:1883:1883', '[::1]:1883:1883']")]
    [DataRow("ports: [{ target: 1883, published: 1883, host_ip: 127.0.0.1 }]")]
    [DataRow("network_mode: host", DisplayName = "the host's loopback, behind a front")]
    [DataRow("ipc: private")]
    [DataRow("environment: { MQTT_PASSWORD: '${MQTT_PASSWORD}' }")]
    public void Leaves_a_sound_compose_file_alone(string entry) =>
        Assert.IsEmpty(Look("compose.yaml", $"services:\n  broker:\n    image: eclipse-mosquitto:2.0.22\n    cap_drop: [ALL]\n    {entry}\n  web:\n    image: nginx\n    ports: ['80:80']\n"));

    [TestMethod]
    [DataRow("028", "file", "")]
    [DataRow("028", "file", "\0\0\0")]
    [DataRow("028", "file", "hello world")]
    [DataRow("029", "c.yml", "a: [", DisplayName = "no YAML")]
    [DataRow("029", "c.yml", "a: 1", DisplayName = "no services")]
    [DataRow("029", "c.yml", "", DisplayName = "nothing")]
    public void Refuses_what_is_no_file_of_a_broker(string code, string name, string text) =>
        Assert.AreEqual($"MKX-BROKER-{code}", Assert.ThrowsExactly<BrokerException>(() => Look(name, text)).Code);

    [TestMethod]
    public void A_file_that_is_nested_without_end_does_not_end_the_program() =>
        Assert.AreEqual("MKX-BROKER-029", Assert.ThrowsExactly<BrokerException>(() => Look("c.yml", new string('[', 100_000))).Code);

    [TestMethod]
    public void No_finding_repeats_a_password() =>
        Assert.IsFalse(Look("passwords", "ada:lovelace").Any(finding => finding.ToString().Contains("lovelace", StringComparison.Ordinal)));

    [TestMethod]
    public void Every_rule_has_an_id_of_its_own_and_a_fix()
    {
        Assert.HasCount(LintRules.All.Length, LintRules.All.Select(rule => rule.Id).Distinct().ToList());
        Assert.IsTrue(LintRules.All.All(rule => rule.Fix.Length > 0 && !rule.Fix.EndsWith('.')));
    }

    private static System.Collections.Immutable.ImmutableArray<LintFinding> Look(string name, string text)
    {
        using var scratch = new Scratch();
        return BrokerLint.Run([scratch.Write(name, text)]);
    }
}
