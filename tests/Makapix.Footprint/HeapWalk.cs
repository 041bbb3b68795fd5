using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using Makapix.Device.Connection;
using Makapix.Mqtt;

namespace Makapix.Footprint;

/// <summary>
/// All objects of the core that can be reached, in the sizes of <see cref="NanoHeap"/>. It ends at what is not of the core: the platform's adapters, and
/// what a test puts in their place. A type that it has no rule for is an error, so that nothing is left out in silence.
/// </summary>
public sealed class HeapWalk
{
    /// <summary>The owner of what static fields hold.</summary>
    public const string Statics = "static fields";

    private static readonly FieldInfo[] StaticFields =
    [
        .. new[] { typeof(DeviceLife).Assembly, typeof(MqttEngine).Assembly }.SelectMany(assembly => assembly.GetTypes()).Where(IsCore)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)).Where(field => !field.IsLiteral),
    ];

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<(object Found, string Owner)> _found = new();
    private readonly Dictionary<string, (int Objects, int Bytes)> _owners = [];

    private HeapWalk(IEnumerable<object> roots)
    {
        foreach (var field in StaticFields)
        {
            // The field is a block of its assembly's; what it refers to lies on the heap for ever.
            Count(Statics, NanoHeap.Block);
            Follow(field.GetValue(null), Statics);
        }

        foreach (var root in roots)
        {
            Follow(root, root.GetType().Name);
        }

        while (_found.TryDequeue(out var next))
        {
            Visit(next.Found, next.Owner);
        }
    }

    /// <summary>Who holds what, the most first.</summary>
    public IReadOnlyList<HeapLine> Lines =>
        [.. _owners.Select(owner => new HeapLine(owner.Key, owner.Value.Objects, owner.Value.Bytes)).OrderByDescending(line => line.Bytes).ThenBy(line => line.Owner, StringComparer.Ordinal)];

    /// <summary>Objects in all.</summary>
    public int Objects => _owners.Values.Sum(owner => owner.Objects);

    /// <summary>Bytes in all.</summary>
    public int Bytes => _owners.Values.Sum(owner => owner.Bytes);

    /// <summary>Walks from these objects, and from the static fields of the core.</summary>
    public static HeapWalk From(params IEnumerable<object> roots) => new(roots);

    private static bool IsCore(Type type) =>
        type.Namespace is "Makapix.Device" or "Makapix.Mqtt"
        || (type.Namespace?.StartsWith("Makapix.Device.", StringComparison.Ordinal) == true && !type.Namespace.StartsWith("Makapix.Device.Host", StringComparison.Ordinal));

    private void Follow(object? value, string owner)
    {
        if (value is string text && ReferenceEquals(string.IsInterned(text), text))
        {
            // Each use of a literal makes a header of its own.
            Count(owner, NanoHeap.Literal);
        }
        else if (value is not null && _seen.Add(value))
        {
            _found.Enqueue((value, owner));
        }
    }

    private void Visit(object found, string owner)
    {
        var type = found.GetType();
        switch (found)
        {
            case string text:
                Count(owner, NanoHeap.Text(Encoding.UTF8.GetByteCount(text)));
                break;
            case Array array:
                Count(owner, NanoHeap.Array(array.Length, type.GetElementType()!));
                if (!type.GetElementType()!.IsValueType)
                {
                    foreach (var element in array)
                    {
                        Follow(element, owner);
                    }
                }

                break;
            case Delegate method:
                Count(owner, NanoHeap.Delegate);
                Follow(method.Target, owner);
                break;
            default:
                if (type == typeof(object))
                {
                    Count(owner, NanoHeap.Object(0));
                }
                else if (IsCore(type))
                {
                    VisitFields(found, type);
                }
                else if (type.Namespace?.StartsWith("Makapix", StringComparison.Ordinal) != true)
                {
                    throw new InvalidOperationException($"{owner} holds a {type}, whose size on nanoCLR is not known here. Add a rule to {nameof(HeapWalk)}.");
                }

                break;
        }
    }

    private void VisitFields(object found, Type type)
    {
        var fields = 0;
        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            foreach (var field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                fields++;
                if (!field.FieldType.IsValueType)
                {
                    Follow(field.GetValue(found), type.Name);
                }
                else if (!field.FieldType.IsPrimitive && !field.FieldType.IsEnum)
                {
                    throw new InvalidOperationException($"{type}.{field.Name} is a structure, whose size on nanoCLR is not known here. Add a rule to {nameof(HeapWalk)}.");
                }
            }
        }

        Count(type.Name, NanoHeap.Object(fields));
    }

    private void Count(string owner, int bytes)
    {
        var (objects, sum) = _owners.GetValueOrDefault(owner);
        _owners[owner] = (objects + 1, sum + bytes);
    }
}
