using System.Collections.Generic;
using System.IO;
using System.Linq;
using Makapix.Provisioning.Authority;
using Makapix.Provisioning.Ledger.Events;
using Makapix.Provisioning.Ledger.Heads;
using Makapix.Provisioning.Tests.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>A signed head in a file, and the entry that says so: both, or neither.</summary>
[TestClass]
public sealed class HeadFileTests
{
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    public void A_head_in_a_file_is_in_the_ledger_too()
    {
        using var authority = TestAuthority.Init(_folder.At("ca"));
        authority.SignHead(_folder.At("head.pem"));
        var signed = HeadFile.Read(_folder.At("head.pem"), _folder.At("ca", "root.crt"));
        Assert.AreEqual(new HeadSigned(signed.Head.Seq, signed.Head.Hash, signed.SignerSerial), Signed(authority).Single());
        LedgerBench.Fails("056", () => authority.SignHead(_folder.At("head.pem")));
        authority.SignHead(_folder.At("head.pem"), replace: true);
        Assert.HasCount(2, Signed(authority));
    }

    public static IEnumerable<object[]> Places =>
    [
        ["a folder that is not there", "missing/head.pem", ""],
        ["a name that is too long for its disk", new string('h', 250), ""],
        ["a ledger that fails", "head.pem", "commit"],
    ];

    [TestMethod]
    [DynamicData(nameof(Places))]
    public void A_head_that_came_to_nothing_is_in_no_file_and_no_ledger(string what, string path, string failing)
    {
        using var first = TestAuthority.Init(_folder.At("ca"));
        using var authority = TestAuthority.Open(_folder.At("ca"), TestAuthority.Options with { BeforeWrite = step => Fail(step == failing) });
        var before = Directory.GetFiles(_folder.Path);
        Assert.Throws<IOException>(() => authority.SignHead(_folder.At(path)), _ => what);
        CollectionAssert.AreEqual(before, Directory.GetFiles(_folder.Path), what);
        Assert.IsEmpty(Signed(authority), what);
    }

    private static void Fail(bool now)
    {
        if (now)
        {
            throw new IOException("disk failed");
        }
    }

    private static List<LedgerEvent> Signed(CertificateAuthority authority)
    {
        using var view = authority.Ledger.Read();
        return [.. view.Audit().Select(entry => entry.Event()).Where(happened => happened is HeadSigned)];
    }
}
