using System.ComponentModel;
using System.Diagnostics;
using System.IO;

namespace Makapix.Benchmarks;

/// <summary>Device leaves as a shell script would make them: four processes of openssl each, for key, request, certificate and check.</summary>
internal sealed class OpenSslLeaves
{
    // A throwaway CA in a folder of ours: this is how such scripts do it, keys unencrypted.
    private const string Ca =
        """
        openssl ecparam -name prime256v1 -genkey -noout -out ca.key
        openssl req -x509 -new -key ca.key -sha256 -days 30 -subj '/CN=Bench CA' -out ca.crt
        """;

    private const string Leaves =
        """
        i=0
        while [ $i -lt "$1" ]; do
          i=$((i + 1))
          openssl ecparam -name prime256v1 -genkey -noout -out leaf.key
          openssl req -new -key leaf.key -sha256 -subj '/CN=6f9619ff-8b86-4011-b42d-00c04fc964ff' -out leaf.csr
          openssl x509 -req -in leaf.csr -CA ca.crt -CAkey ca.key -set_serial $i -sha256 -days 3652 -extfile leaf.cnf -out leaf.crt
          openssl verify -purpose sslclient -CAfile ca.crt leaf.crt
        done
        """;

    private const string Extensions =
        """
        basicConstraints=critical,CA:FALSE
        keyUsage=critical,digitalSignature
        extendedKeyUsage=clientAuth
        subjectAltName=DNS:player-6f9619ff-8b86-4011-b42d-00c04fc964ff
        subjectKeyIdentifier=hash
        authorityKeyIdentifier=keyid

        """;

    private readonly string _folder;

    /// <exception cref="BenchmarkException">There is no openssl, or no shell.</exception>
    public OpenSslLeaves(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "leaf.cnf"), Extensions);
        Run(Ca, 0);
    }

    /// <summary>Makes so many, one after the other.</summary>
    /// <exception cref="BenchmarkException">openssl failed.</exception>
    public void Issue(int count) => Run(Leaves, count);

    private void Run(string script, int count)
    {
        var start = new ProcessStartInfo("sh", ["-ec", script, "sh", $"{count}"]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new BenchmarkException($"openssl made no certificate: {errors.Result.Trim()} Run ./makapix doctor.");
            }
        }
        catch (Win32Exception e)
        {
            throw new BenchmarkException("there is no shell for openssl's side of the comparison. Run this benchmark on Linux or macOS.", e);
        }
    }
}
