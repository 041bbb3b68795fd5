using System;
using Makapix.Provisioning.Images;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images;

/// <summary>Expects a refusal with a code, and returns it for a look at its text.</summary>
internal static class Refusal
{
    public static ImageException Expect(string code, Action action, string message = "")
    {
        var refusal = Assert.ThrowsExactly<ImageException>(action, message);
        Assert.AreEqual(code, refusal.Code, $"{message} {refusal.Message}");
        return refusal;
    }
}
