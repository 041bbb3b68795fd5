using System;
using System.Collections.Generic;
using System.Globalization;

namespace Makapix.Provisioning.Ledger.Tables;

/// <summary>The conditions of a query: text of this program, and values beside it.</summary>
internal sealed class Conditions
{
    private readonly List<string> _conditions = [];
    private readonly List<object?> _values = [];

    /// <summary>The values, in the order of their parameters.</summary>
    public object?[] Values => [.. _values];

    /// <summary>Adds a condition, unless there is no value for it.</summary>
    /// <param name="condition">SQL, with <c>{0}</c> where the value belongs.</param>
    /// <param name="value">Text or a number of 64 bits.</param>
    public void Add(string condition, object? value)
    {
        if (value is not null)
        {
            _conditions.Add(string.Format(CultureInfo.InvariantCulture, condition, $"@p{_values.Count}"));
            _values.Add(value);
        }
    }

    /// <summary>Adds a condition without a value, if it is asked for.</summary>
    public void AddIf(bool asked, string condition)
    {
        if (asked)
        {
            _conditions.Add(condition);
        }
    }

    /// <summary>Certificate <c>c</c> is not revoked, and ends within a time from <paramref name="now"/>.</summary>
    public void AddExpiring(long now, TimeSpan? within)
    {
        if (within is { } time)
        {
            _conditions.Add("c.revoked_seq IS NULL");
            Add("c.not_after >= {0}", now);
            Add("c.not_after <= {0}", now + (long)time.TotalMilliseconds);
        }
    }

    /// <summary><c> WHERE …</c>, or nothing.</summary>
    public override string ToString() => _conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", _conditions)}";
}
