using CsCheck;
using DdocCost.App.Api;

namespace DdocCost.Tests.App.Api;

/// <summary>The text with which a list goes on.</summary>
public sealed class CursorTests
{
    private static readonly Gen<Cursor> Any =
        from ticks in Gen.Long[0, DateTimeOffset.MaxValue.UtcTicks]
        from id in Gen.String[Gen.Char[' ', 'ÿ'], 1, 200]
        select new Cursor(new DateTimeOffset(ticks, TimeSpan.Zero), id);

    [Fact]
    public void What_was_given_out_is_read_back() => Any.Sample(cursor =>
    {
        Assert.True(Cursor.TryParse(cursor.ToString(), out var read));
        Assert.Equal(cursor, read);
    });

    [Fact]
    public void Any_other_text_is_not_one_of_ours_and_never_an_exception() => Gen.String.Sample(text =>
    {
        if (Cursor.TryParse(text, out var cursor))
        {
            Assert.Equal(cursor, Cursor.TryParse(cursor!.ToString(), out var again) ? again : null);
        }
    });

    [Theory]
    [InlineData("")]
    [InlineData("!!")]
    [InlineData("MTIz")] // 123
    [InlineData("LTEgYQ")] // -1 a
    [InlineData("OTk5OTk5OTk5OTk5OTk5OTk5OTkgYQ")] // more ticks than there are
    public void Is_refused(string text) => Assert.False(Cursor.TryParse(text, out _));
}
