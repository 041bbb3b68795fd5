using System;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Makapix.Mqtt.Desktop;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>What the real mosquitto makes of the authority's certificates, lists and generations.</summary>
[TestClass]
public sealed class MosquittoTests
{
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    public async Task Whom_the_profiles_make_a_client_is_let_in_and_nobody_else()
    {
        await using var bench = new BrokerBench(_folder);
        var authority = bench.Authority;
        using var revoked = authority.IssueOperator("mallory");
        authority.Revoke(revoked.Serial, X509RevocationReason.KeyCompromise);
        authority.PublishCrls(bench.Crl);
        await bench.StartAsync();

        await bench.RequireInAsync(bench.Device(), "a device");
        await bench.RequireInAsync(BrokerBench.Of(authority.IssueOperator("alice")), "an operator");
        await bench.RequireInAsync(BrokerBench.Of(authority.IssueService("backend")), "a service");

        await bench.RequireOutAsync(BrokerBench.Of(revoked), "revoked");
        await bench.RequireOutAsync(BrokerBench.Of(authority.IssueBroker(["op-admin.example"])), "a broker that poses as a client");
        using (var audit = authority.AuditSigner())
        {
            await bench.RequireOutAsync(ClientIdentity.FromCertificates(audit.Certificate, [audit.Issuer]), "an audit signer that poses as a client");
        }

        using var thief = new StolenKey(bench.Dir, "services-issuing-g1");
        await bench.RequireInAsync(thief.Client("op_thief"), "the thief's own, which shows that the next two fail for their dates");
        await bench.RequireOutAsync(thief.Client("op_thief", begins: TimeSpan.FromDays(-2), ends: TimeSpan.FromMinutes(-1)), "expired");
        await bench.RequireOutAsync(thief.Client("op_thief", begins: TimeSpan.FromMinutes(10)), "not yet valid");

        using var stranger = TestAuthority.Init(_folder.At("stranger"));
        await bench.RequireOutAsync(BrokerBench.Of(stranger.IssueOperator("alice")), "of another authority of the same names");
    }

    [TestMethod]
    public async Task A_new_issuing_CA_takes_over_with_a_reload_and_nothing_of_the_old_one_stops()
    {
        await using var bench = new BrokerBench(_folder);
        var old = bench.Device();
        await bench.StartAsync();
        using var root = TestAuthority.Root(bench.Dir);
        bench.Authority.RotateIssuing(CertificateKind.DevicesIssuing, root);
        bench.Authority.RotateIssuing(CertificateKind.ServicesIssuing, root);
        var young = bench.Device();
        var alice = BrokerBench.Of(bench.Authority.IssueOperator("alice"));
        await bench.RequireOutAsync(young, "a device of the new CA, before its list is published");

        bench.Authority.PublishCrls(bench.Crl);
        await bench.ReloadAsync();
        await bench.WaitUntilAsync(letIn: true, young, "the new CA's list is read on SIGHUP");
        await bench.RequireInAsync(young, "a device of the new CA, whose chain leads to the root that the broker trusts");
        await bench.RequireInAsync(alice, "an operator of the new CA");
        await bench.RequireInAsync(old, "a device of the old CA");
        await bench.RestartAsync();
        await bench.RequireInAsync(young, "after a restart");
        await bench.RequireInAsync(old, "after a restart");
    }

    [TestMethod]
    public async Task A_stolen_issuing_CA_is_out_with_all_that_it_signed_once_the_broker_has_new_files_and_was_restarted()
    {
        await using var bench = new BrokerBench(_folder);
        await bench.StartAsync();
        using var thief = new StolenKey(bench.Dir, "devices-issuing-g1");
        var forged = thief.Client(Guid.NewGuid().ToString());
        await bench.RequireInAsync(forged, "never recorded, so on no list");

        using (var root = TestAuthority.Root(bench.Dir))
        {
            bench.Authority.RotateIssuing(CertificateKind.DevicesIssuing, root);
            bench.Authority.RevokeIssuing(new CaGeneration(CertificateKind.DevicesIssuing, 1), X509RevocationReason.CACompromise, root);
        }

        var good = bench.Device();
        bench.Authority.PublishCrls(bench.Crl);
        bench.Authority.PublishTrust(bench.Trust);
        await bench.RestartAsync();
        await bench.RequireOutAsync(forged, "no list of its issuer is there any more");
        await bench.RequireOutAsync(thief.Client(Guid.NewGuid().ToString()), "nor is what the thief signs from now on let in");
        await bench.RequireInAsync(good, "a device of the new CA");
        await bench.RequireInAsync(BrokerBench.Of(bench.Authority.IssueService("backend")), "a service of the other CA");
    }
}
