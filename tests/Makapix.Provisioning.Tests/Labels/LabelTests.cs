using System;
using System.Collections.Generic;
using System.Linq;
using Makapix.Provisioning.Labels;
using Makapix.Provisioning.Line;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using UglyToad.PdfPig;

namespace Makapix.Provisioning.Tests.Labels;

/// <summary>Labels of every size, read back from what was drawn: the code, each line, and that nothing lies on anything else.</summary>
[TestClass]
public sealed class LabelTests
{
    private const string Id = "6b1a6a52-7c1e-4a53-9a0b-0a2f3b1c4d5e";
    private static readonly string Longest = new('W', 64);

    private static readonly LabelContent Device = new(
        Guid.Parse(Id), "24:0a:c4:47:21:d0", "0.1.0", StandIn: false, ProvisioningPolicy.Release, "4D41B2C3D4E5F60718293A4B5C6D7E8F", new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero), "spring", new string('c', 64));

    public static IEnumerable<object[]> Labels =>
        LabelSizes.All.SelectMany(size => ((string?[])["spring", Longest, "spring 2026, Łódź №3 🐦👩‍👩‍👧", "‮evil‬\u0007\u001b[2J", null]).Select(batch => new object?[] { size.Name, batch }))!;

    [TestMethod]
    [DynamicData(nameof(Labels))]
    public void What_is_on_the_picture_is_what_was_meant(string name, string? batch)
    {
        var (size, content) = (LabelSizes.Find(name)!, Device with { Batch = batch });
        var picture = PngReader.Read(DeviceLabel.Draw(content, size, LabelFormat.Png), out var dotsPerMetre);
        Assert.AreEqual(size.Width, picture.Width * 1000.0 / dotsPerMetre, 0.2, "printed in its own size");
        Assert.AreEqual(size.Height, picture.Height * 1000.0 / dotsPerMetre, 0.2);
        Assert.AreEqual($"makapix:{Id}", picture.ReadCode());
        CollectionAssert.AreEqual(Expected(size, content), LabelReader.Lines(picture, size));
        RequireMargin(picture, size);
    }

    [TestMethod]
    [DynamicData(nameof(Labels))]
    public void The_page_is_the_same_as_the_picture(string name, string? batch)
    {
        var (size, content) = (LabelSizes.Find(name)!, Device with { Batch = batch });
        using var document = PdfDocument.Open(DeviceLabel.Draw(content, size, LabelFormat.Pdf));
        var page = document.GetPages().Single();
        Assert.AreEqual(size.Width, page.Width / 72 * 25.4, 0.2);
        Assert.AreEqual(size.Height, page.Height / 72 * 25.4, 0.2);
        var filled = LabelReader.Filled(page, size);
        Assert.AreEqual($"makapix:{Id}", filled.ReadCode());
        CollectionAssert.AreEqual(Expected(size, content), LabelReader.Lines(page));

        // The boxes of letters, without their overhang, and the code.
        var code = filled.Dark.Max(dot => dot.X) * 72.0 / size.Dpi;
        Assert.IsTrue(page.Letters.All(letter => letter.StartBaseLine.X > code && letter.EndBaseLine.X <= page.Width && letter.StartBaseLine.Y > 0 && letter.BoundingBox.Top <= page.Height));
        foreach (var line in page.Letters.GroupBy(letter => letter.StartBaseLine.Y))
        {
            Assert.IsTrue(line.Zip(line.Skip(1)).All(pair => pair.First.EndBaseLine.X <= pair.Second.StartBaseLine.X + 0.01), "no letter on another");
        }
    }

    [TestMethod]
    public void What_is_longer_than_its_lines_is_cut_and_seen_to_be_cut()
    {
        var size = LabelSizes.Default;
        var picture = PngReader.Read(DeviceLabel.Draw(Device with { Batch = Longest }, size, LabelFormat.Png), out _);
        Assert.Contains(new string('W', size.Columns - 3) + "...", LabelReader.Lines(picture, size));
    }

    [TestMethod]
    public void The_marks_of_the_laboratory_and_of_a_stand_in_are_on_every_label()
    {
        foreach (var size in LabelSizes.All)
        {
            var picture = PngReader.Read(DeviceLabel.Draw(Device with { StandIn = true, Policy = ProvisioningPolicy.Lab, Firmware = "1" }, size, LabelFormat.Png), out _);
            var text = string.Concat(LabelReader.Lines(picture, size));
            Assert.Contains("STAND-IN", text);
            Assert.Contains("LAB", text);
        }
    }

    private static string[] Expected(LabelSize size, LabelContent content)
    {
        var texts = size.Fields.SelectMany(rule => content.Text(rule.Field) is { } text ? LabelText.Lines(text, size.Columns, rule.Lines) : []).Select(line => line.TrimEnd()).ToArray();
        Assert.AreEqual(Id, string.Concat(texts.TakeWhile(line => !line.StartsWith("fw ", StringComparison.Ordinal))));
        return texts;
    }

    private static void RequireMargin(Picture picture, LabelSize size)
    {
        var (margin, dark) = (size.MarginDots, picture.Dark.ToList());
        Assert.IsTrue(dark.TrueForAll(dot => dot.X >= margin && dot.X < picture.Width - margin && dot.Y >= margin && dot.Y < picture.Height - margin));
    }
}
