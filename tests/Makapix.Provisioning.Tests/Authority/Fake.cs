using System;
using System.Collections.Generic;
using System.Reflection;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>An interface of which a test needs a few members: those that it names answer, every other one fails.</summary>
public class Fake : DispatchProxy
{
    private Dictionary<string, Func<object?[], object?>> _members = [];

    /// <summary>One whose members, by name, do that.</summary>
    internal static T Of<T>(Dictionary<string, Func<object?[], object?>> members)
        where T : class
    {
        var made = Create<T, Fake>();
        ((Fake)(object)made)._members = members;
        return made;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _members.TryGetValue(targetMethod!.Name, out var member) ? member(args ?? []) : throw new NotSupportedException(targetMethod.Name);
}
