using System.Globalization;
using CsCheck;
using DdocCost.Domain.Wording;
using DdocCost.Tests.Notify.Channels;

namespace DdocCost.Tests.Wording;

/// <summary>Text from anybody, made fit for a message.</summary>
public sealed class SafeTextTests
{
    [Theory]
    [InlineData("  a \t b\r\n c ", "a b c")]
    [InlineData("evil\u202Etxt.exe", "eviltxt.exe")]
    [InlineData("nul\0 bell\a", "nul bell")]
    [InlineData("zero\u200Bwidth\uFEFF", "zerowidth")]
    public void A_line_is_one_readable_line(string text, string expected) => Assert.Equal(expected, SafeText.Line(text, 100));

    [Fact]
    public void Half_a_character_is_shown_as_such() => Assert.Equal("half \uFFFD", SafeText.Line("half \uD83D", 100));

    [Fact]
    public void What_does_not_fit_ends_in_an_ellipsis_and_not_within_a_character()
    {
        Assert.Equal("abc…", SafeText.Line("abcdef", 4));
        Assert.Equal("ab…", SafeText.Line("ab👍cd", 4));
        Assert.Equal("", SafeText.Line("abc", 0));
    }

    [Fact]
    public void Lines_keep_their_breaks() => Assert.Equal("one\ntwo three", SafeText.Lines("one\r\ntwo\tthree", 100));

    [Fact]
    public void Never_longer_never_broken_and_the_same_when_done_again() => Gen.Select(Evil.Text, Gen.Int[0, 400]).Sample((text, most) =>
    {
        var line = SafeText.Line(text, most);

        Assert.True(line.Length <= most);
        Assert.True(line.IsNormalized() || line.Length > 0); // well formed: IsNormalized throws on half characters
        Assert.All(line.EnumerateRunes(), rune => Assert.False(System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator));
        Assert.Equal(line, SafeText.Line(line, most));
    }, iter: 100);
}
