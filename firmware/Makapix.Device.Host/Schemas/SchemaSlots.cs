using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Makapix.Device.Payloads;

namespace Makapix.Device.Host.Schemas;

/// <summary>
/// Gives a slot to each single value of a payload, by its path: what is found there is captured. Two branches that both have a value at one path share its
/// slot. Values inside arrays get none: there is more than one of them.
/// </summary>
internal sealed class SchemaSlots
{
    private const int Singles = SchemaTable.Null | SchemaTable.Boolean | SchemaTable.Integer | SchemaTable.Number | SchemaTable.String;

    private readonly List<string> _paths = [];
    private readonly Dictionary<(ObjectRule Rule, string Name), int> _slots = new(new ByReference());

    public SchemaSlots(SchemaNode root) => Walk(root, "", 0);

    /// <summary>The path of each slot, names joined by points.</summary>
    public IReadOnlyList<string> Paths => _paths;

    public int Of(ObjectRule rule, string name) => _slots.GetValueOrDefault((rule, name), SchemaTable.NoSlot);

    private void Walk(SchemaNode node, string prefix, int depth)
    {
        IEnumerable<ObjectRule> rules = [.. node.Object is { } own ? [own] : (ObjectRule[])[], .. node.Switch?.Cases.Select(c => c.Value.Object!) ?? []];
        foreach (var rule in rules)
        {
            foreach (var property in rule.Properties)
            {
                var path = prefix + property.Name;
                if ((property.Node.Types & Singles) != 0)
                {
                    var slot = Slot(path);
                    if (_slots.TryAdd((rule, property.Name), slot) || _slots[(rule, property.Name)] == slot)
                    {
                        continue;
                    }

                    throw new ArgumentException($"The object with {property.Name} is used at two places, {_paths[_slots[(rule, property.Name)]]} and {path}, and can be captured at one.");
                }

                else if (depth < JsonReader.MaxDepth)
                {
                    Walk(property.Node, $"{path}.", depth + 1);
                }
            }
        }
    }

    private int Slot(string path)
    {
        if (!_paths.Contains(path))
        {
            _paths.Add(path);
            if (_paths.Count > SchemaTable.NoSlot)
            {
                throw new ArgumentException($"More than {SchemaTable.NoSlot} values would have to be captured.");
            }
        }

        return _paths.IndexOf(path);
    }

    // Two objects with the same rules may lie at different paths.
    private sealed class ByReference : IEqualityComparer<(ObjectRule Rule, string Name)>
    {
        public bool Equals((ObjectRule Rule, string Name) x, (ObjectRule Rule, string Name) y) => ReferenceEquals(x.Rule, y.Rule) && x.Name == y.Name;

        public int GetHashCode((ObjectRule Rule, string Name) key) => RuntimeHelpers.GetHashCode(key.Rule) ^ key.Name.GetHashCode(StringComparison.Ordinal);
    }
}
