using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using Makapix.Provisioning.Schemas;

namespace Makapix.Provisioning.Labels;

/// <summary>Reads a size of label: as its schema says, and such that everything has its place.</summary>
internal static class LabelSizeDocument
{
    private const int IdLength = 36;

    private static readonly EmbeddedSchema Schema = new("Labels/label.schema.json");

    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <exception cref="InvalidDataException">The document is no size of label, or something would not fit on it.</exception>
    public static LabelSize Parse(Stream json) => Schema.Read<LabelSize, LabelSize>(json, "size of label", Options, size =>
    {
        Check(size);
        return size;
    });

    private static void Check(LabelSize size)
    {
        Require(QrCode.Modules * size.ModuleDots <= size.HeightDots, "the QR code is no higher than the label");
        Require(QrCode.QuietZone * size.ModuleDots >= size.MarginDots, "the QR code's own quiet zone holds the margin");
        Require(size.Fields.Sum(rule => rule.Lines) <= size.Rows, $"the fields take no more than {size.Rows} lines");
        Require(size.Fields.Select(rule => rule.Field).Distinct().Count() == size.Fields.Length, "no field is there twice");
        Require(size.Fields.Any(rule => rule.Field == LabelField.Id && rule.Lines * size.Columns >= IdLength), $"the whole id is on it, at {size.Columns} characters in a line");
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new ArgumentException($"it must be that {what}");
        }
    }
}
