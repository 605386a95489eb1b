using System.Globalization;
using DdocCost.Domain.Audit;

namespace DdocCost.App.Audit;

/// <summary>Which changes are listed; all of it is in the address.</summary>
/// <param name="By">By that person only, or null.</param>
/// <param name="Action">Of that kind only, or null; what ends with a dot stands for all that begin so, such as <c>case.</c>.</param>
/// <param name="Mouth">Through that door only, or null.</param>
/// <param name="Subject">About that only, such as <c>case/…</c>, or null.</param>
/// <param name="From">From that day on, UTC, or null.</param>
/// <param name="To">Up to that day and with it, UTC, or null.</param>
/// <param name="Page">From 1.</param>
public sealed record AuditFilter(string? By, string? Action, Mouth? Mouth, string? Subject, DateOnly? From, DateOnly? To, int Page)
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>From the address; what is not understood is left out.</summary>
    public static AuditFilter Of(string? by, string? action, string? mouth, string? subject, string? from, string? to, int? page) => new(
        Given(by), Given(action), Enum.TryParse<Mouth>(mouth, ignoreCase: true, out var door) && Enum.IsDefined(door) ? door : null, Given(subject), DayOf(from), DayOf(to), page ?? 1);

    /// <summary>Shows all there is.</summary>
    public bool IsEmpty => this with { Page = 1 } == new AuditFilter(null, null, null, null, null, null, 1);

    /// <summary>A day as the address has it.</summary>
    public static string? Text(DateOnly? day) => day?.ToString(Day, CultureInfo.InvariantCulture);

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9000 ? day : null;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) || text.Contains('\0', StringComparison.Ordinal) ? null : text.Trim();
}
