using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Authority.Keys;
using Makapix.Provisioning.Authority.Publishing;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>Revocation lists that several processes publish, and keys that are not at hand at once.</summary>
[TestClass]
public sealed class PublishingTests
{
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    public void A_list_that_another_process_made_meanwhile_is_not_put_back_to_an_older_one()
    {
        using var other = TestAuthority.Init(_folder.At("ca"));
        var device = other.IssueDevice(Guid.NewGuid());
        var meanwhile = false;

        // The watch has its numbers, and has not written yet, when somebody revokes and publishes.
        using var watch = TestAuthority.Open(_folder.At("ca"), TestAuthority.Options with
        {
            BeforeWrite = step =>
            {
                if (step == "committed" && !meanwhile)
                {
                    meanwhile = true;
                    other.Revoke(device.Serial, X509RevocationReason.KeyCompromise);
                    other.PublishCrls(Crl);
                }
            },
        });
        watch.PublishCrls(Crl);
        Assert.IsTrue(meanwhile);
        Assert.IsTrue(Lists().Any(list => RevocationList.Serials(list).Contains(device.Serial)), "the revocation is published");
    }

    [TestMethod]
    public void A_key_that_was_out_of_reach_is_asked_for_again()
    {
        TestAuthority.Init(_folder.At("ca")).Dispose();
        using var authority = TestAuthority.Open(_folder.At("ca"));
        var key = _folder.At("ca", "devices-issuing-g1.key");
        File.Move(key, _folder.At("away"));
        AuthorityAssert.Fails("004", () => authority.PublishCrls(Crl));
        File.Move(_folder.At("away"), key);
        authority.PublishCrls(Crl);
    }

    [TestMethod]
    [DataRow("063", 1, DisplayName = "a wrong PIN")]
    [DataRow("064", 1, DisplayName = "a locked token")]
    [DataRow("062", 2, DisplayName = "a token that is not there")]
    [DataRow("067", 2, DisplayName = "a token that fails")]
    public void A_pin_that_a_token_refused_is_not_tried_again(string code, int tries)
    {
        var tried = 0;
        using var key = new GenerationKey(new CaGeneration(CertificateKind.DevicesIssuing, 1), X509CertificateLoader.LoadCertificate(TestPki.Shared.Root.RawData), () =>
        {
            tried++;
            throw new AuthorityException(code, "no.", "Try.");
        });
        AuthorityAssert.Fails(code, () => key.Signer.ToString());
        AuthorityAssert.Fails(code, () => key.Signer.ToString());
        Assert.AreEqual(tries, tried);
    }

    [TestMethod]
    public async Task A_failure_that_nobody_thought_of_does_not_end_the_watch()
    {
        using var authority = TestAuthority.Init(_folder.At("ca"));
        using var stop = new CancellationTokenSource();
        var broker = new FailingBroker(stop);
        var alerts = 0;
        var watch = new CrlWatch(authority, new CrlWatchOptions(Crl) { Retry = TimeSpan.FromTicks(1) }, broker, line => alerts += line.StartsWith("MKX-CA-084", StringComparison.Ordinal) ? 1 : 0);
        await Assert.ThrowsAsync<OperationCanceledException>(() => watch.RunAsync(stop.Token));
        Assert.AreEqual(2, alerts);
    }

    private string[] Lists() => [.. File.ReadAllText(Crl).Split("-----BEGIN", StringSplitOptions.RemoveEmptyEntries).Select(list => "-----BEGIN" + list)];

    private string Crl => _folder.At("crl.pem");

    private sealed class FailingBroker(CancellationTokenSource stop) : IBrokerReload
    {
        private int _calls;

        public void Reload()
        {
            if (++_calls == 2)
            {
                stop.Cancel();
            }

            throw new InvalidOperationException("secret text");
        }
    }
}
