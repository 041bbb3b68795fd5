using System.Linq;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

[TestClass]
public sealed class HostNameTests
{
    [TestMethod]
    [DataRow("localhost", "localhost")]
    [DataRow("MQTT.Example.ORG", "mqtt.example.org")]
    [DataRow("xn--bcher-kva.example", "xn--bcher-kva.example")]
    [DataRow("1.2.3.4.in-addr.arpa", "1.2.3.4.in-addr.arpa")]
    [DataRow("a-b.c0", "a-b.c0")]
    public void Names_are_taken_in_lower_case(string text, string expected) => Assert.AreEqual(expected, HostName.Parse(text));

    [TestMethod]
    [DataRow("", DisplayName = "empty")]
    [DataRow(" ", DisplayName = "blank")]
    [DataRow("*", DisplayName = "wildcard for everything")]
    [DataRow("*.example.org", DisplayName = "wildcard")]
    [DataRow("b*.example.org", DisplayName = "partial wildcard")]
    [DataRow("a..b", DisplayName = "empty label")]
    [DataRow(".example.org", DisplayName = "leading dot")]
    [DataRow("example.org.", DisplayName = "trailing dot")]
    [DataRow("-a.example", DisplayName = "leading hyphen")]
    [DataRow("a-.example", DisplayName = "trailing hyphen")]
    [DataRow("a b.example", DisplayName = "blank inside")]
    [DataRow("good.example\0.evil.example", DisplayName = "NUL prefix attack")]
    [DataRow("good.example\n", DisplayName = "line feed at the end")]
    [DataRow("good.example\r\nCN=evil", DisplayName = "line injection")]
    [DataRow("good.example,CN=op_admin", DisplayName = "CN injection, comma")]
    [DataRow("good.example/CN=op_admin", DisplayName = "CN injection, slash")]
    [DataRow("good.example+CN=op_admin", DisplayName = "CN injection, plus")]
    [DataRow("DNS:good.example", DisplayName = "openssl's own spelling")]
    [DataRow("good.example:8883", DisplayName = "port")]
    [DataRow("mqtts://good.example", DisplayName = "scheme")]
    [DataRow("op_admin", DisplayName = "operator's name")]
    [DataRow("svc_backend", DisplayName = "service's name")]
    [DataRow("0123abcd-89ab-4cde-8123-456789abcdef", DisplayName = "device's name")]
    [DataRow("player-0123abcd-89ab-4cde-8123-456789abcdef", DisplayName = "device's alternative name")]
    [DataRow("127.0.0.1", DisplayName = "IPv4 address")]
    [DataRow("::1", DisplayName = "IPv6 address")]
    [DataRow("1", DisplayName = "number")]
    [DataRow("a.256", DisplayName = "numeric last label")]
    [DataRow("bücher.example", DisplayName = "not in xn-- form")]
    [DataRow("gооd.example", DisplayName = "Cyrillic look-alike")]
    [DataRow("ｇood.example", DisplayName = "full-width letter")]
    [DataRow("\u212A.example", DisplayName = "Kelvin sign, lower case of which is k")]
    public void Hostile_names_are_refused(string text) => AuthorityAssert.Fails("010", () => HostName.Parse(text));

    [TestMethod]
    public void Names_longer_than_DNS_allows_are_refused()
    {
        Assert.IsTrue(HostName.IsValid(new string('a', 63) + ".example"));
        AuthorityAssert.Fails("010", () => HostName.Parse(new string('a', 64) + ".example"));
        var longest = string.Join('.', Enumerable.Repeat(new string('a', 62), 4)) + ".a";
        Assert.AreEqual(253, longest.Length);
        Assert.IsTrue(HostName.IsValid(longest));
        AuthorityAssert.Fails("010", () => HostName.Parse(longest + "a"));
    }
}
