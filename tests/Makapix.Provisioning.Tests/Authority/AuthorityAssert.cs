using System;
using Makapix.Provisioning.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>What the tests of this area ask again and again.</summary>
internal static class AuthorityAssert
{
    /// <summary>The action fails with MKX-CA-<paramref name="number"/>.</summary>
    public static AuthorityException Fails(string number, Action action)
    {
        var failure = Assert.ThrowsExactly<AuthorityException>(action);
        Assert.AreEqual($"MKX-CA-{number}", failure.Code, failure.Message);
        return failure;
    }
}
