using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace DdocCost.App.Api;

/// <summary>
/// Where a list goes on: after the row of that time and id. It stays right while rows are added before it. Clients get it as an opaque
/// text and hand it back as it is.
/// </summary>
/// <param name="At">Time of the last row given out, UTC.</param>
/// <param name="Id">Its id.</param>
internal sealed record Cursor(DateTimeOffset At, string Id)
{
    private const int Longest = 1000;

    /// <summary>As a client gets it.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks} {Id}")));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <returns>false where the text is not one of ours.</returns>
    public static bool TryParse(string text, out Cursor? cursor)
    {
        cursor = null;
        if (text.Length is 0 or > Longest || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', 2);
        if (parts is not [var ticks, { Length: > 0 } id]
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || at > DateTimeOffset.MaxValue.UtcTicks || id.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        cursor = new Cursor(new DateTimeOffset(at, TimeSpan.Zero), id);
        return true;
    }
}
