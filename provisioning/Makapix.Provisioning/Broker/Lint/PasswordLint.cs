using System;
using System.Collections.Generic;
using System.Linq;

namespace Makapix.Provisioning.Broker.Lint;

/// <summary>A <c>password_file</c>: <c>name:hash</c>, line by line. No finding repeats a password or a hash.</summary>
internal static class PasswordLint
{
    public static bool IsEntry(LintLine line) => line.Value.Length == 0 && line.Key.IndexOf(':', StringComparison.Ordinal) > 0;

    public static IEnumerable<LintFinding> Look(LintText text)
    {
        // That it is there at all.
        yield return LintRules.SharedCredentials.At(text.File, text.Lines[0].Number);
        foreach (var line in text.Lines)
        {
            var hash = line.Key[(line.Key.IndexOf(':', StringComparison.Ordinal) + 1)..];
            if (hash.StartsWith("$6$", StringComparison.Ordinal))
            {
                yield return LintRules.WeakHash.At(text.File, line.Number);
            }
            else if (!hash.StartsWith("$7$", StringComparison.Ordinal))
            {
                yield return LintRules.PlainPassword.At(text.File, line.Number);
            }
        }

        // One salt and hash under two names: an entry was copied, and two clients share one password.
        foreach (var copied in text.Lines.GroupBy(line => line.Key[line.Key.IndexOf(':', StringComparison.Ordinal)..]).SelectMany(same => same.Skip(1)))
        {
            yield return LintRules.SharedCredentials.At(text.File, copied.Number, "two names have one password");
        }
    }
}
