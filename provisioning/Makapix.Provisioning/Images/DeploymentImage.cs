using System;
using System.Collections.Generic;
using Makapix.Provisioning.Secrets;

namespace Makapix.Provisioning.Images;

/// <summary>
/// The contents of the <c>deploy</c> partition: assemblies one after another, each on a 4-byte boundary, no directory and no trailer
/// (nf-interpreter, <c>CLRStartup.cpp</c>, ContiguousBlockAssemblies).
/// </summary>
public static class DeploymentImage
{
    private const int AssemblyAlignment = 4;

    /// <summary>Lays out assemblies in the order given.</summary>
    /// <param name="assemblies">Whole <c>.pe</c> files; each is verified.</param>
    /// <returns>The image, padded with 0xFF to a multiple of 32 bytes: the unit in which encrypted flash is written.</returns>
    /// <exception cref="ImageException">040…045: an assembly is damaged. 050: bytes behind one. 051: two have one name. 052: there is none.</exception>
    public static byte[] Build(params IReadOnlyList<ReadOnlyMemory<byte>> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        var length = 0;
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < assemblies.Count; i++)
        {
            var pe = PeFile.Parse(assemblies[i].Span, $"assembly {i + 1}");
            if (pe.Length != assemblies[i].Length)
            {
                throw new ImageException("050", $"assembly '{pe.Name}' has {assemblies[i].Length - pe.Length} bytes behind its end.", "Take the file from the build again.");
            }

            if (!names.Add(pe.Name))
            {
                throw new ImageException("051", $"there are two assemblies named '{pe.Name}'.", "Keep one: nanoCLR would take either.");
            }

            length += Align(pe.Length, AssemblyAlignment);
        }

        if (assemblies.Count == 0)
        {
            throw new ImageException("052", "there is no assembly to deploy.", "Give at least one .pe file.");
        }

        var image = SecretBytes.Allocate(Align(length, Esp32FlashCipher.RowLength));
        image.AsSpan().Fill(0xFF);
        var at = 0;
        foreach (var assembly in assemblies)
        {
            assembly.Span.CopyTo(image.AsSpan(at));
            at += Align(assembly.Length, AssemblyAlignment);
        }

        return image;
    }

    /// <summary>Finds the assemblies of a decrypted <c>deploy</c> partition.</summary>
    /// <param name="deploy">The partition, or the image.</param>
    /// <returns>The assemblies up to the first place where none begins: behind an image lies erased flash, which decrypts to noise.</returns>
    /// <exception cref="ImageException">040…045: an assembly begins and is damaged. nanoCLR would skip it and fail to link; here it is said.</exception>
    public static IReadOnlyList<DeployedAssembly> Walk(ReadOnlyMemory<byte> deploy)
    {
        var found = new List<DeployedAssembly>();
        for (var at = 0; at < deploy.Length && PeFile.HasMarker(deploy.Span[at..]);)
        {
            var pe = PeFile.Parse(deploy.Span[at..], $"the assembly at 0x{at:X} of the deployment");
            found.Add(new DeployedAssembly(at, pe, deploy.Slice(at, pe.Length)));
            at += Align(pe.Length, AssemblyAlignment);
        }

        return found;
    }

    private static int Align(int length, int alignment) => (length + alignment - 1) / alignment * alignment;
}
