using System.Linq;
using Makapix.Provisioning.Labels;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Labels;

[TestClass]
public sealed class LabelTextTests
{
    [TestMethod]
    [DataRow("spring 2026", "spring 2026", DisplayName = "a name")]
    [DataRow("Müller", "M?ller", DisplayName = "an accent")]
    [DataRow("Mu\u0308ller", "M?ller", DisplayName = "an accent of its own")]
    [DataRow("Łódź №3", "??d? ?3", DisplayName = "letters that the font does not have")]
    [DataRow("春 2026", "? 2026", DisplayName = "another script")]
    [DataRow("🐦👩‍👩‍👧!", "??!", DisplayName = "pictures, some of several characters")]
    [DataRow("\u202Elive\u202C", "?live?", DisplayName = "text that runs backwards")]
    [DataRow("a\u200Bb", "a?b", DisplayName = "a character that nobody sees")]
    public void Plain_text_has_what_the_font_has_and_shows_what_it_lost(string text, string plain) => Assert.AreEqual(plain, LabelText.Plain(text));

    [TestMethod]
    [DataRow("abcdef", 6, 1, "abcdef")]
    [DataRow("abcdefg", 6, 1, "abc...")]
    [DataRow("abcdefg", 6, 2, "abcdef|g")]
    [DataRow("abcdefabcdefa", 6, 2, "abcdef|abc...")]
    [DataRow("", 6, 2, "")]
    public void Lines_are_full_before_the_next_begins(string text, int columns, int lines, string expected) =>
        Assert.AreEqual(expected, string.Join('|', LabelText.Lines(text, columns, lines)));

    [TestMethod]
    public void The_font_has_all_of_printable_ASCII_and_no_two_alike()
    {
        var all = Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).ToArray();
        Assert.IsTrue(all.All(DotFont.Has));
        Assert.HasCount(all.Length, all.Select(c => string.Join(' ', DotFont.Dark(c))).Distinct());
    }
}
