using System.Globalization;

namespace DdocCost.Domain.Pricing.Resources;

/// <summary>Synthetics canaries: by run, as many an hour as the schedule tells (<c>rate(5 minutes)</c>).</summary>
internal static class Canary
{
    public static Bill Price(Bill bill)
    {
        if (RunsAnHour(bill.Size) is not { } runs)
            return bill.Unpriced(bill.Change.Size is null ? "the record does not tell the schedule" : $"how often {bill.Size} runs is not known");
        return bill.Book.Find("cloudwatch", "synthetics canary run", bill.Region) is { } price
            ? bill.Add(price with { Unit = "run-an-hour" }, runs * bill.Units).Remark("without the Lambda function and the log behind it")
            : bill.Unpriced("no price known for canary runs");
    }

    private static decimal? RunsAnHour(string schedule)
    {
        if (!schedule.StartsWith("rate(", StringComparison.Ordinal) || !schedule.EndsWith(')'))
            return null;
        var parts = schedule[5..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var count, var unit] || !decimal.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var every))
            return null;
        return (every, unit.TrimEnd('s')) switch
        {
            (0, _) => 0, // once, when it is started
            (_, "minute") => 60 / every,
            (_, "hour") => 1 / every,
            _ => null,
        };
    }
}
