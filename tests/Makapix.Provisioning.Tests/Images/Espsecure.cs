using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Images;

/// <summary>The real espsecure, on scratch files of its own.</summary>
internal sealed class Espsecure : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("makapix-espsecure-");

    public byte[] Encrypt(byte[] key, byte[] data, uint address, byte config) => Succeed(Run("encrypt_flash_data", key, data, address, config));

    public byte[] Decrypt(byte[] key, byte[] data, uint address, byte config) => Succeed(Run("decrypt_flash_data", key, data, address, config));

    public byte[] EncryptXts(byte[] key, byte[] data, uint address) => Succeed(RunXts("encrypt_flash_data", key, data, address));

    public byte[] DecryptXts(byte[] key, byte[] data, uint address) => Succeed(RunXts("decrypt_flash_data", key, data, address));

    /// <summary>Exit code and output of a run that may fail.</summary>
    public (int ExitCode, string Output, byte[] Result) Run(string command, byte[] key, byte[] data, uint address, byte config) =>
        Run(command, ["--flash_crypt_conf", $"0x{config:x}"], key, data, address);

    /// <summary>The same, with the scheme of the newer chips.</summary>
    public (int ExitCode, string Output, byte[] Result) RunXts(string command, byte[] key, byte[] data, uint address) => Run(command, ["--aes_xts"], key, data, address);

    public void Dispose() => _scratch.Delete(recursive: true);

    private (int ExitCode, string Output, byte[] Result) Run(string command, string[] scheme, byte[] key, byte[] data, uint address)
    {
        var keyFile = Write("key", key);
        var input = Write("in", data);
        var output = Path.Combine(_scratch.FullName, "out");
        List<string> arguments = [command, "--keyfile", keyFile, "--address", $"0x{address:x}", .. scheme, "--output", output, input];
        var start = new ProcessStartInfo("espsecure", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var text = process.StandardOutput.ReadToEnd();
            Assert.IsTrue(process.WaitForExit(Limit), "espsecure does not end");
            return (process.ExitCode, text + errors.Result, File.Exists(output) ? File.ReadAllBytes(output) : []);
        }
        catch (Win32Exception e)
        {
            throw new AssertFailedException("espsecure is not on PATH: run ./makapix doctor", e);
        }
    }

    private static byte[] Succeed((int ExitCode, string Output, byte[] Result) run)
    {
        Assert.AreEqual(0, run.ExitCode, run.Output);
        return run.Result;
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_scratch.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
