using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using Makapix.Device.Payloads;

namespace Makapix.Device.Host.Schemas;

/// <summary>
/// Makes a switch of oneOf. Its branches must be told apart by one property, the discriminator: required, and const or enum in each, with no value in two of
/// them; then at most one branch can hold, and which one is known from that value alone. Each branch becomes a whole object, the common properties first.
/// </summary>
internal sealed class SchemaBranches(ObjectRule? common, IReadOnlyList<SchemaNode> branches)
{
    private readonly IReadOnlyList<PropertyRule> _common = common?.Properties ?? [];

    public bool TryMerge([NotNullWhen(true)] out ObjectRule? rule, [NotNullWhen(true)] out SwitchRule? choice, [NotNullWhen(false)] out string? problem)
    {
        (rule, choice) = (null, null);
        problem = Problem();
        if (problem is not null)
        {
            return false;
        }

        if (Discriminator() is not { } name)
        {
            problem = "has a oneOf without a discriminator: one required property that is const or enum in each branch, and of no value in two";
            return false;
        }

        // If it is described in the branches alone, what is common knows of it by its types only: which values there are, the switch says.
        var first = _common.Any(property => property.Name == name && property.Node != SchemaNode.Any)
            ? _common
            : [.. _common.Where(property => property.Name != name), new PropertyRule(name, new SchemaNode { Types = TypesOf(name) }, true)];
        ObjectRule[] whole = [.. branches.Select(branch => Whole(branch.Object!, first, name))];
        rule = new ObjectRule(
            [.. first.Select((property, i) => property with { Refined = whole.Any(branch => branch.Properties[i].Node != property.Node) })],
            SchemaNode.Any,
            common?.Minimum ?? 0,
            common?.Maximum);
        choice = new SwitchRule(
            first.ToList().FindIndex(property => property.Name == name),
            [.. branches.Zip(whole).SelectMany(pair => Cases(Property(pair.First, name)!.Node.Values!, new SchemaNode { Types = SchemaTable.Object, Object = pair.Second }))]);
        return true;
    }

    private string? Problem()
    {
        foreach (var branch in branches)
        {
            if (branch is not { Object: { Minimum: 0, Maximum: null }, Switch: null, Array: null, Values: null, Number: null, String: null }
                || (branch.Types & SchemaTable.Object) == 0)
            {
                return "has a branch that says more than properties, required and additionalProperties";
            }

            if (branch.Object.Additional != SchemaNode.Any && _common.Any(property => Property(branch, property.Name) is null))
            {
                return "has a branch with additionalProperties that does not describe what is common";
            }

            if (Overlap(branch) is { } name)
            {
                return $"describes {name} in common and in a branch, and neither by no more than a type";
            }
        }

        return common is { } shared && shared.Additional != SchemaNode.Any ? "has additionalProperties beside oneOf" : null;
    }

    private string? Overlap(SchemaNode branch) => _common
        .Where(property => Property(branch, property.Name) is { } other && property.Name != Discriminator()
            && !Covers(property.Node, other.Node) && !Covers(other.Node, property.Node))
        .Select(property => property.Name).FirstOrDefault();

    /// <summary>Whether what satisfies the other satisfies this one too.</summary>
    private static bool Covers(SchemaNode node, SchemaNode other) => node.IsPlain && (other.Types & ~node.Types) == 0;

    private string? Discriminator() => branches[0].Object?.Properties.Select(property => property.Name).FirstOrDefault(IsDiscriminator);

    private bool IsDiscriminator(string name)
    {
        var rules = branches.Select(branch => Property(branch, name)).ToList();
        return rules.All(rule => rule?.Node.Values is not null)
            && (_common.Any(property => property.Name == name && property.Required) || rules.All(rule => rule!.Required))
            && rules.SelectMany(rule => rule!.Node.Values!).GroupBy(value => value).All(group => group.Count() == 1);
    }

    private int TypesOf(string name) => branches.SelectMany(branch => Property(branch, name)!.Node.Values!).Aggregate(0, (types, value) => types | value[0] switch
    {
        '"' => SchemaTable.String,
        't' or 'f' => SchemaTable.Boolean,
        'n' => SchemaTable.Null,
        _ => SchemaTable.Number,
    });

    private ObjectRule Whole(ObjectRule branch, IReadOnlyList<PropertyRule> first, string discriminator)
    {
        PropertyRule? Own(string name) => branch.Properties.FirstOrDefault(property => property.Name == name);
        return new ObjectRule(
            [
                .. first.Select(property => Own(property.Name) is { } own
                    ? new PropertyRule(property.Name, property.Name == discriminator || Covers(own.Node, property.Node) ? property.Node : own.Node, property.Required || own.Required)
                    : property),
                .. branch.Properties.Where(property => first.All(other => other.Name != property.Name)),
            ],
            branch.Additional,
            common?.Minimum ?? 0,
            common?.Maximum);
    }

    private static IEnumerable<KeyValuePair<string, SchemaNode>> Cases(IReadOnlyList<string> values, SchemaNode node) =>
        values.Select(value => KeyValuePair.Create(value, node));

    private static PropertyRule? Property(SchemaNode branch, string name) => branch.Object?.Properties.FirstOrDefault(property => property.Name == name);
}
