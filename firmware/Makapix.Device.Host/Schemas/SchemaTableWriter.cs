using System;
using System.Collections.Generic;
using System.Linq;
using Makapix.Device.Payloads;

namespace Makapix.Device.Host.Schemas;

/// <summary>Writes a schema as the bytes that <see cref="SchemaTable"/> describes. Equal nodes and texts are written once.</summary>
internal sealed class SchemaTableWriter
{
    private readonly SchemaSlots? _slots;
    private readonly List<byte> _bytes = [0, 0, 0];
    private readonly List<(int At, SchemaNode Node)> _nodeReferences = [];
    private readonly List<(int At, string Text)> _textReferences = [];
    private readonly Dictionary<SchemaNode, int> _nodes = new(ReferenceEqualityComparer.Instance);

    private SchemaTableWriter(SchemaSlots? slots) => _slots = slots;

    /// <param name="root">The schema.</param>
    /// <param name="slots">Where values are captured; null for nowhere.</param>
    /// <exception cref="ArgumentException">It is too large for the table's numbers.</exception>
    public static byte[] Write(SchemaNode root, SchemaSlots? slots)
    {
        var writer = new SchemaTableWriter(slots);
        writer._bytes[SchemaTable.SlotCountAt] = (byte)(slots?.Paths.Count ?? 0);
        writer._nodeReferences.Add((0, root));
        writer.WriteNodes();
        writer.WriteTexts();
        return [.. writer._bytes];
    }

    // Breadth first: what a node refers to is written after it, and a node that refers to itself is no trouble.
    private void WriteNodes()
    {
        var written = new Dictionary<string, int>();
        for (var i = 0; i < _nodeReferences.Count; i++)
        {
            var (at, node) = _nodeReferences[i];
            if (node == SchemaNode.Any || node == SchemaNode.Nothing)
            {
                Put(at, node == SchemaNode.Any ? SchemaTable.Any : SchemaTable.Nothing);
                continue;
            }

            if (!_nodes.TryGetValue(node, out var place))
            {
                // A node without objects or arrays refers to no other, so that its text says all of it.
                var key = node.Object is null && node.Array is null
                    ? $"{node.Types} {string.Join(' ', node.Values ?? [])} {node.Number} {node.String}" : null;
                if (key is null || !written.TryGetValue(key, out place))
                {
                    place = _bytes.Count;
                    WriteNode(node);
                }

                _nodes[node] = place;
                if (key is not null)
                {
                    written[key] = place;
                }
            }

            Put(at, place);
        }
    }

    private void WriteTexts()
    {
        var written = new Dictionary<string, int>();
        foreach (var (at, text) in _textReferences)
        {
            if (!written.TryGetValue(text, out var place))
            {
                place = written[text] = _bytes.Count;
                _bytes.AddRange(SchemaText.Encode(text));
            }

            Put(at, place);
        }
    }

    private void WriteNode(SchemaNode node)
    {
        _bytes.Add((byte)node.Types);
        var sections = _bytes.Count;
        _bytes.Add(0);
        Section(sections, SchemaTable.ObjectSection, node.Object, rule => WriteObject(rule));
        Section(sections, SchemaTable.SwitchSection, node.Switch, rule => WriteSwitch(rule));
        Section(sections, SchemaTable.ArraySection, node.Array, rule => WriteArray(rule));
        Section(sections, SchemaTable.ValuesSection, node.Values, values => List(values, Text));
        Section(sections, SchemaTable.NumberSection, node.Number, rule => WriteNumber(rule));
        Section(sections, SchemaTable.StringSection, node.String, rule => WriteString(rule));
    }

    private void Section<T>(int sections, int section, T? rule, Action<T> write)
        where T : class
    {
        if (rule is not null)
        {
            var start = _bytes.Count;
            _bytes[sections] |= (byte)section;
            _bytes.Add(0);
            write(rule);
            var length = _bytes.Count - start;
            _bytes[start] = length <= byte.MaxValue ? (byte)length : throw new ArgumentException("A rule of the schema is too long for the table.");
        }
    }

    private void WriteObject(ObjectRule rule)
    {
        Limits(rule.Minimum, rule.Maximum);
        Node(rule.Additional);
        List(rule.Properties, property =>
        {
            Text(SchemaText.Of(property.Name));
            Node(property.Node);
            _bytes.Add((byte)((property.Required ? SchemaTable.Required : 0) | (property.Refined ? SchemaTable.Refined : 0) | (_slots?.Of(rule, property.Name) ?? SchemaTable.NoSlot)));
        });
    }

    private void WriteSwitch(SwitchRule rule)
    {
        _bytes.Add((byte)rule.Property);
        List(rule.Cases, choice =>
        {
            Text(choice.Key);
            Node(choice.Value);
        });
    }

    private void WriteArray(ArrayRule rule)
    {
        Limits(rule.Minimum, rule.Maximum);
        Node(rule.Items);
        List(rule.Prefix, Node);
    }

    private void WriteNumber(NumberRule rule)
    {
        _bytes.Add((byte)((rule.Minimum is null ? 0 : SchemaTable.Minimum) | (rule.ExclusiveMinimum ? SchemaTable.ExclusiveMinimum : 0)
            | (rule.Maximum is null ? 0 : SchemaTable.Maximum) | (rule.ExclusiveMaximum ? SchemaTable.ExclusiveMaximum : 0)
            | (rule.MultipleOf is null ? 0 : SchemaTable.MultipleOf)));
        foreach (var bound in new[] { rule.Minimum, rule.Maximum }.OfType<string>())
        {
            Text(bound);
        }

        if (rule.MultipleOf is { } divisor)
        {
            U16(divisor & 0xFFFF);
            U16(divisor >> 16);
        }
    }

    private void WriteString(StringRule rule)
    {
        Limits(rule.Minimum, rule.Maximum);
        _bytes.Add((byte)rule.Format);
    }

    private void Limits(int minimum, int? maximum)
    {
        U16(minimum);
        U16(maximum ?? SchemaTable.Unlimited);
    }

    private void List<T>(IReadOnlyCollection<T> list, Action<T> write)
    {
        _bytes.Add(checked((byte)list.Count));
        foreach (var entry in list)
        {
            write(entry);
        }
    }

    private void Node(SchemaNode node)
    {
        _nodeReferences.Add((_bytes.Count, node));
        U16(0);
    }

    private void Text(string text)
    {
        _textReferences.Add((_bytes.Count, text));
        U16(0);
    }

    private void U16(int value)
    {
        _bytes.Add((byte)value);
        _bytes.Add((byte)(value >> 8));
    }

    private void Put(int at, int value)
    {
        if (value > ushort.MaxValue)
        {
            throw new ArgumentException("The schema is too large for the table.");
        }

        _bytes[at] = (byte)value;
        _bytes[at + 1] = (byte)(value >> 8);
    }
}
