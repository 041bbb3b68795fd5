using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Makapix.Provisioning.Storage;

namespace Makapix.Provisioning.Images;

/// <summary>Writes the folder of a bundle, whole or not at all; nothing is overwritten.</summary>
internal static class BundleFolder
{
    /// <summary>Signature of the manifest by the key that signed the images: RSASSA-PSS with SHA-256, highest byte first.</summary>
    public const string SignatureFile = "bundle.sig";

    /// <param name="directory">A folder that is empty or not there.</param>
    /// <exception cref="ImageException">099: the folder is not empty.</exception>
    public static void RequireNew(string directory)
    {
        if (File.Exists(directory) || (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any()))
        {
            throw new ImageException("099", $"'{directory}' is not an empty folder.", "Name a new folder: nothing is overwritten.");
        }
    }

    /// <param name="directory">A folder that is empty or not there.</param>
    /// <param name="manifest">What says what it is.</param>
    /// <param name="files">What the manifest names.</param>
    /// <param name="sign">Signs the manifest; null: nobody does.</param>
    /// <exception cref="ImageException">099: the folder is not empty.</exception>
    /// <exception cref="IOException">It cannot be written; what was written is removed.</exception>
    public static void Write(string directory, BundleManifest manifest, IEnumerable<(string Name, byte[] Content)> files, Func<byte[], byte[]>? sign = null)
    {
        RequireNew(directory);
        byte[] json = [.. JsonSerializer.SerializeToUtf8Bytes(manifest, BundleJson.Default.BundleManifest), (byte)'\n'];

        // The manifest last: without it a folder is no bundle, so an interrupted one is never taken for whole.
        List<(string Name, byte[] Content)> all =
        [
            .. files,
            .. sign is null ? [] : new[] { (SignatureFile, sign(json)) },
            (ImageResource.BundleSchema, ImageResource.Read(ImageResource.BundleSchema)),
            (BundleManifest.FileName, json),
        ];
        Directory.CreateDirectory(directory);
        try
        {
            foreach (var (name, content) in all)
            {
                DurableFile.Replace(Path.Combine(directory, name), content, DurableFile.Public);
            }
        }
        catch
        {
            foreach (var (name, _) in all)
            {
                File.Delete(Path.Combine(directory, name));
            }

            throw;
        }
    }
}
