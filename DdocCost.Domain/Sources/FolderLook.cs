using System.Globalization;

namespace DdocCost.Domain.Sources;

/// <summary>
/// Looks into a folder again and again. Folders by date (<c>…/2026/09/07</c>) that are over for two days are left out, but for a look at
/// everything first and then every ten minutes: a trail of years is not listed every second.
/// </summary>
internal sealed class FolderLook(TimeProvider clock)
{
    private static readonly TimeSpan EverythingEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan KeptOpen = TimeSpan.FromDays(2);

    private DateTimeOffset _everythingAt;

    /// <summary>The log files that may be new, in the order of delivery.</summary>
    /// <exception cref="IOException">There is nothing at that path, or it cannot be read.</exception>
    public IReadOnlyList<TrailFile> At(string path)
    {
        var now = clock.GetUtcNow();
        if (now < _everythingAt)
        {
            return TrailFile.In(path, folder => IsOver(folder, now - KeptOpen));
        }

        var files = TrailFile.In(path);
        _everythingAt = now + EverythingEvery;
        return files;
    }

    /// <summary>Whether a folder's path ends in a year, a year and month, or a full date that was over by then.</summary>
    internal static bool IsOver(string folder, DateTimeOffset by)
    {
        var parts = folder.Split(Path.DirectorySeparatorChar);
        for (var length = 3; length >= 1; length--)
        {
            if (EndOf(parts[^Math.Min(length, parts.Length)..]) is { } end)
            {
                return end <= by;
            }
        }

        return false;
    }

    /// <summary>When the time is over that such folder names stand for: <c>2026/09</c> ends with September.</summary>
    private static DateTimeOffset? EndOf(string[] parts)
    {
        var (format, text) = (parts.Length switch { 3 => "yyyy/MM/dd", 2 => "yyyy/MM", _ => "yyyy" }, string.Join('/', parts));
        if (!DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start) || start.Year is < 2000 or > 2200)
        {
            return null;
        }

        return parts.Length switch { 3 => start.AddDays(1), 2 => start.AddMonths(1), _ => start.AddYears(1) };
    }
}
