using System;
using System.ComponentModel;
using System.Diagnostics;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>The real openssl: the second opinion on everything the authority makes.</summary>
internal static class OpenSsl
{
    /// <summary>Runs it; returns its exit code and all that it said.</summary>
    public static (int ExitCode, string Output) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.IsTrue(process.WaitForExit(TimeSpan.FromSeconds(30)), "openssl does not end");
        return (process.ExitCode, output + error.Result);
    }

    /// <summary>Runs it, and fails the test if it does.</summary>
    public static string Require(params string[] arguments)
    {
        var (exitCode, output) = Run(arguments);
        Assert.AreEqual(0, exitCode, output);
        return output;
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            throw new AssertFailedException("openssl is not on PATH: run ./makapix doctor.");
        }
    }
}
