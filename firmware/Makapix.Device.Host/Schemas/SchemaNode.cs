using System.Collections.Generic;
using Makapix.Device.Payloads;

namespace Makapix.Device.Host.Schemas;

/// <summary>One schema, references resolved and branches merged: what a node of <see cref="SchemaTable"/> says.</summary>
internal sealed class SchemaNode
{
    public const int AllTypes = SchemaTable.Null | SchemaTable.Boolean | SchemaTable.Number | SchemaTable.String | SchemaTable.Array | SchemaTable.Object;

    /// <summary>Everything satisfies it.</summary>
    public static SchemaNode Any { get; } = new();

    /// <summary>Nothing does; only as additionalProperties or items.</summary>
    public static SchemaNode Nothing { get; } = new() { Types = 0 };

    public int Types { get; set; } = AllTypes;

    public ObjectRule? Object { get; set; }

    public SwitchRule? Switch { get; set; }

    public ArrayRule? Array { get; set; }

    /// <summary>Each as JSON; null if any will do.</summary>
    public IReadOnlyList<string>? Values { get; set; }

    public NumberRule? Number { get; set; }

    public StringRule? String { get; set; }

    /// <summary>Whether it says no more than a type.</summary>
    public bool IsPlain => Object is null && Switch is null && Array is null && Values is null && Number is null && String is null;
}
