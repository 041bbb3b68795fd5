using System;
using System.Collections.Generic;
using System.Linq;

namespace Makapix.Provisioning.Broker.Lint;

/// <summary>An <c>acl_file</c>.</summary>
internal static class AccessListLint
{
    private static readonly string[] Accesses = ["read", "write", "readwrite", "deny"];

    public static bool IsRule(LintLine line) => line.Key is "user" or "topic" or "pattern" && line.Value.Length > 0;

    public static IEnumerable<LintFinding> Look(LintText text)
    {
        var named = false;
        foreach (var line in text.Lines)
        {
            if (line.Key == "user")
            {
                named = true;
                continue;
            }

            var (access, topic) = Split(line.Value);
            if (access == "deny")
            {
                continue;
            }

            // Whatever stands before the '#': of wildcards alone, it leaves nothing out.
            if (topic.Split('/') is [.. var above, "#"] && above.All(level => level == "+"))
            {
                yield return LintRules.ReadsEverything.At(text.File, line.Number);
            }

            if (topic.Split('/') is ["$SYS", .. var below] && below.Any(level => level is "#" or "+") && access != "write")
            {
                yield return LintRules.ReadsSys.At(text.File, line.Number);
            }

            if (line.Key == "topic" && !named)
            {
                yield return LintRules.AclForAnybody.At(text.File, line.Number);
            }

            if (line.Key == "pattern" && topic.Contains("%c", StringComparison.Ordinal))
            {
                yield return LintRules.ClientIdPattern.At(text.File, line.Number);
            }
            else if (line.Key == "pattern" && !topic.Contains("%u", StringComparison.Ordinal))
            {
                yield return LintRules.PatternWithoutName.At(text.File, line.Number);
            }
        }
    }

    // Without a word for it, both are meant.
    private static (string Access, string Topic) Split(string value) =>
        value.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var access, var topic] && Accesses.Contains(access) ? (access, topic.Trim()) : ("readwrite", value);
}
