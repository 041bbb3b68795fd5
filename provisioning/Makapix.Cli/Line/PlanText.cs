using System.Collections.Generic;
using System.IO;
using System.Linq;
using Makapix.Cli.Reports;
using Makapix.Provisioning.Line;

namespace Makapix.Cli.Line;

/// <summary>Plans as text: every area of flash and every eFuse, before anything is written.</summary>
internal static class PlanText
{
    /// <summary>The plan of one board.</summary>
    public static void Write(TextWriter writer, ProvisioningPlan plan, string indent = "")
    {
        writer.WriteLine($"{indent}{plan.Chip}, {plan.Mac}: policy {Word.Of(plan.Policy)}, firmware {plan.FirmwareVersion}{(plan.StandIn ? " (a stand-in)" : "")}");
        writer.WriteLine(Word.Plain($"{indent}broker {plan.Broker}, {(plan.WifiSsid is null ? "no Wi-Fi" : $"Wi-Fi '{plan.WifiSsid}'")}"));
        if (plan.SigningKeyDigest is { } digest)
        {
            writer.WriteLine($"{indent}starts nothing ever but what is signed by the key with the digest {digest}");
        }

        Write(writer, plan.Images, plan.Efuses, indent);
        writer.WriteLine($"{indent}plan {plan.Hash()}");
    }

    /// <summary>The same, with what is left alone and where a run would begin.</summary>
    public static void Write(TextWriter writer, LinePreview preview)
    {
        Write(writer, preview.Plan);
        Write(writer, preview.Others);
        writer.WriteLine($"start {Word.Of(preview.Start.Kind)}: {preview.Start.Why}");
        WriteNames(writer, "missing", preview.Start.Missing);
        WriteNames(writer, "voids", preview.Start.Voids);
    }

    /// <summary>The plan of a kind of chip.</summary>
    public static void Write(TextWriter writer, ChipPlan plan)
    {
        writer.WriteLine($"a fresh {plan.Chip}: policy {Word.Of(plan.Policy)}");
        Write(writer, plan.Images, plan.Efuses, indent: "");
        Write(writer, plan.Others);
        writer.WriteLine($"burn {plan.BurnHash}");
    }

    /// <summary>What each step would do, with its calls of tools.</summary>
    public static void WriteSteps(TextWriter writer, LinePreview preview)
    {
        writer.WriteLine("nothing of this was done:");
        foreach (var step in preview.Steps)
        {
            writer.WriteLine(Word.Plain($"  {step.Name,-9} {step.Does}"));
            foreach (var call in step.Calls)
            {
                writer.WriteLine(Word.Plain($"            $ {call}"));
            }
        }
    }

    private static void Write(TextWriter writer, IEnumerable<PlannedImage> images, IEnumerable<PlannedEfuse> efuses, string indent)
    {
        foreach (var image in images)
        {
            writer.WriteLine($"{indent}0x{image.Address:x6}  {image.Length,9:N0} bytes  {Word.Of(image.Content),-9}  {image.Name}");
        }

        foreach (var efuse in efuses)
        {
            writer.WriteLine($"{indent}{efuse.Name,-27} {efuse.Now} → {efuse.After}{(efuse.Last ? " at the end" : "")} ({(efuse.Reversible ? "reversible" : "for ever")}): {efuse.Why}");
        }
    }

    private static void Write(TextWriter writer, IEnumerable<OtherEfuse> others)
    {
        foreach (var other in others.Where(other => other.Now != other.After))
        {
            writer.WriteLine($"{other.Name,-27} {other.Now} → {other.After} (for ever): follows from the protections above");
        }

        WriteNames(writer, "left alone:", [.. others.Where(other => other.Now == other.After).Select(other => $"{other.Name} {other.Now}")]);
    }

    private static void WriteNames(TextWriter writer, string what, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            writer.WriteLine($"{what} {string.Join(", ", names)}");
        }
    }
}
