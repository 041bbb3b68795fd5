using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Makapix.Provisioning.Ledger;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Ledger;

/// <summary>The bytes that are hashed: whoever checks the chain with other tools needs exactly these.</summary>
[TestClass]
public sealed class AuditHashTests
{
    private static readonly byte[] Genesis = AuditHash.Genesis(Guid.Parse("00000000-0000-0000-0000-000000000001"));

    [TestMethod]
    public void The_genesis_hash_is_of_the_purpose_and_the_ledgers_id() => CollectionAssert.AreEqual(
        SHA256.HashData([.. Field("makapix-ledger-1"u8.ToArray()), .. Field("00000000-0000-0000-0000-000000000001"u8.ToArray())]), Genesis);

    [TestMethod]
    public void An_entrys_hash_is_of_its_columns_each_with_its_length_before_it()
    {
        var longText = new string('ü', 5000);
        byte[] expected = [.. Field(Genesis), .. Field(Number(7)), .. Field(Number(-1)), .. Text("me"), .. Text("crl-numbered"), .. Text(longText), .. Text("{}")];
        CollectionAssert.AreEqual(SHA256.HashData(expected), Next(7, -1, "me", "crl-numbered", longText, "{}"));
    }

    public static IEnumerable<object[]> Shifted =>
    [
        ["a", "", "s", "d"],
        ["", "a", "s", "d"],
        ["a", "s", "", "d"],
        ["as", "", "", "d"],
    ];

    [TestMethod]
    public void Text_shifted_from_one_column_to_the_next_changes_the_hash() => Assert.HasCount(
        Shifted.Count(), Shifted.Select(row => Convert.ToHexString(Next(1, 1, (string)row[0], (string)row[1], (string)row[2], (string)row[3]))).ToHashSet());

    private static byte[] Next(long seq, long at, string actor, string type, string subject, string data)
    {
        var hash = new byte[AuditHash.Length];
        new AuditHash().Next(Genesis, seq, at, actor, type, subject, data, hash);
        return hash;
    }

    private static byte[] Field(byte[] bytes) => [.. BitConverter.GetBytes(bytes.Length).Reverse(), .. bytes];

    private static byte[] Number(long number) => [.. BitConverter.GetBytes(number).Reverse()];

    private static byte[] Text(string text) => Field(Encoding.UTF8.GetBytes(text));
}
