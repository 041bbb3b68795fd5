using System.IO;
using System.Linq;
using System.Text;
using Makapix.Provisioning.Labels;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Labels;

/// <summary>Sizes of labels are data: what is not by the schema, or would not fit, is refused when it is read.</summary>
[TestClass]
public sealed class LabelSizeTests
{
    private const string Good = """
        { "name": "50x25", "title": "t", "width": 50, "height": 25, "dpi": 203, "margin": 1.5, "moduleDots": 4, "fontDots": 2, "fields": [{ "field": "id", "lines": 2 }, { "field": "batch", "lines": 2 }] }
        """;

    [TestMethod]
    public void Sizes_that_are_built_in_have_names_of_their_own()
    {
        Assert.HasCount(3, LabelSizes.All.Select(size => size.Name).Distinct());
        Assert.IsNull(LabelSizes.Find("9x9"));
        Assert.AreEqual("50x25", Parse(Good).Name);
    }

    [TestMethod]
    [DataRow("\"moduleDots\": 4", "\"moduleDots\": 5", "the QR code is no higher than the label")]
    [DataRow("\"moduleDots\": 4", "\"moduleDots\": 2", "the QR code's own quiet zone holds the margin")]
    [DataRow("\"field\": \"batch\", \"lines\": 2", "\"field\": \"batch\", \"lines\": 8", "the fields take no more than 9 lines")]
    [DataRow("\"field\": \"batch\"", "\"field\": \"id\"", "no field is there twice")]
    [DataRow("\"field\": \"id\", \"lines\": 2", "\"field\": \"id\", \"lines\": 1", "the whole id is on it, at 18 characters in a line")]
    [DataRow("\"field\": \"id\"", "\"field\": \"board\"", "the whole id is on it, at 18 characters in a line")]
    [DataRow("\"fontDots\": 2", "\"fontDots\": 0", "/fontDots: ")]
    [DataRow("\"dpi\": 203", "\"dpi\": 20", "/dpi: ")]
    [DataRow("\"width\": 50", "\"width\": -50", "/width: ")]
    [DataRow("\"title\": \"t\"", "\"titel\": \"t\"", "Not a size of label: ")]
    [DataRow("\"title\": \"t\"", "\"title\": \"t\", \"title\": \"u\"", "Not a size of label: ")]
    [DataRow("{", "[", "Not a size of label: ")]
    public void What_would_not_fit_is_refused(string was, string becomes, string why)
    {
        StringAssert.Contains(Good, was);
        var at = Good.IndexOf(was, System.StringComparison.Ordinal);
        var error = Assert.ThrowsExactly<InvalidDataException>(() => Parse(Good[..at] + becomes + Good[(at + was.Length)..]));
        Assert.Contains(why, error.Message);
    }

    private static LabelSize Parse(string json) => LabelSizeDocument.Parse(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
