using System;
using System.Collections.Generic;
using System.Linq;
using Makapix.Device.Commands;
using Makapix.Device.Connection;
using Makapix.Footprint;
using Makapix.Mqtt;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Footprint;

/// <summary>What the core takes of nanoCLR's heap, and that the measure counts as nanoCLR does: otherwise the bound would prove nothing.</summary>
[TestClass]
public sealed class FootprintTests
{
    [TestMethod]
    public void working_set_of_a_whole_life_is_within_24_KB()
    {
        IReadOnlyList<FootprintStage> life = MeasuredLife.Run();

        foreach (FootprintStage stage in life)
        {
            Assert.IsLessThanOrEqualTo(24 * 1024, stage.Heap.Bytes, $"{stage.Name}: {string.Join(", ", stage.Heap.Lines.Take(12).Select(line => $"{line.Owner} {line.Bytes}"))}");
            Assert.AreEqual(stage.Heap.Bytes, stage.Heap.Lines.Sum(line => line.Bytes));
        }

        // Its buffers alone are that large: a walk that lost its way would find less.
        Assert.IsGreaterThan(8192 + EngineBrokerLink.MaxOutgoingPacket, life[0].Heap.Bytes);
    }

    [TestMethod]
    public void A_life_takes_no_more_when_it_has_been_lived()
    {
        IReadOnlyList<FootprintStage> life = MeasuredLife.Run();

        int waiting = NanoHeap.Array(4 * Outbox.AckSlots * 40, typeof(byte));
        Assert.IsLessThanOrEqualTo(life[0].Heap.Bytes + waiting, life[^1].Heap.Bytes, "acknowledgements that wait are all that may be added");
    }

    [TestMethod]
    [DataRow(typeof(byte), 0, 24)]
    [DataRow(typeof(byte), 4, 24)]
    [DataRow(typeof(byte), 5, 36)]
    [DataRow(typeof(bool), 17, 48)]
    [DataRow(typeof(char), 3, 36)]
    [DataRow(typeof(ushort), 256, 540)]
    [DataRow(typeof(int), 17, 96)]
    [DataRow(typeof(OutboxItem), 17, 96, DisplayName = "an enum is a number")]
    [DataRow(typeof(long), 2, 36)]
    [DataRow(typeof(string), 2, 48, DisplayName = "a reference is a block")]
    [DataRow(typeof(byte[]), 8, 120)]
    public void An_array_is_its_header_and_its_elements_in_whole_blocks(Type element, int length, int bytes) => Assert.AreEqual(bytes, NanoHeap.Array(length, element));

    [TestMethod]
    public void Objects_strings_and_what_they_refer_to_are_counted_once()
    {
        string made = new('é', 3);

        // Four fields; it keeps a copy of the payload.
        var will = new MqttWill("topic", new byte[5], MqttQos.AtLeastOnce, retain: false);
        Assert.AreEqual(NanoHeap.Object(4) + NanoHeap.Literal + NanoHeap.Array(5, typeof(byte)), Of(will));
        Assert.AreEqual(Of(will), Of(will, will));

        // Three characters of two bytes, and the end: seven bytes behind the header.
        Assert.AreEqual(24, Of(made));
        Assert.AreEqual(NanoHeap.Array(2, typeof(string)) + 24, Of(new object[] { new[] { made, made } }));
    }

    [TestMethod]
    public void A_type_without_a_rule_is_an_error_and_not_nothing()
    {
        Assert.ThrowsExactly<InvalidOperationException>(() => HeapWalk.From(new Version(1, 2)));
        Assert.ThrowsExactly<InvalidOperationException>(() => HeapWalk.From(new object[] { new object[] { new Dictionary<string, string>() } }));
    }

    private static int Of(params object[] roots) => HeapWalk.From(roots).Bytes - HeapWalk.From().Bytes;
}
