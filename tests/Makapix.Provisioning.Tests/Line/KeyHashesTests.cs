using System;
using System.Linq;
using System.Security.Cryptography;
using Makapix.Provisioning.Line;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Line;

/// <summary>What a journal holds of a flash key.</summary>
[TestClass]
public sealed class KeyHashesTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 64).Select(i => (byte)i)];

    [TestMethod]
    public void Key_of_one_block_has_the_hash_that_older_journals_have()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Key.AsSpan(0, 32)));
        Assert.AreEqual(hash, KeyHashes.Of(Key.AsSpan(0, 32)));
        CollectionAssert.AreEqual(new[] { hash }, KeyHashes.Split(hash).ToArray());
    }

    [TestMethod]
    public void Key_of_two_blocks_has_one_for_each()
    {
        var hashes = KeyHashes.Split(KeyHashes.Of(Key));
        CollectionAssert.AreEqual(Key.Chunk(32).Select(part => Convert.ToHexStringLower(SHA256.HashData(part))).ToArray(), hashes.ToArray());
    }
}
