namespace DdocCost.Domain.Wording;

/// <summary>Shares, sizes and lengths of time as people read them, in the <see cref="NumberStyle"/> of whoever is answered.</summary>
public static class Measure
{
    /// <summary>A share of a whole, one decimal where it has one, such as <c>12.5 %</c>; below a tenth of a hundredth with two.</summary>
    /// <param name="share">1 for all of it.</param>
    public static string Percent(double share) => (share * 100).ToString(share is > 0 and < 0.1 ? "#,0.##" : "#,0.#", NumberStyle.Format) + " %";

    /// <summary>How many of something, such as <c>1,200</c> or <c>0.5</c>: four decimals at most.</summary>
    public static string Amount(decimal amount) => amount.ToString("#,0.####", NumberStyle.Format);

    /// <summary>A size in binary units, such as <c>3.2 GiB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(NumberStyle.Format, $"{bytes / (double)(1L << 30):#,0.#} GiB"),
        >= 1L << 20 => string.Create(NumberStyle.Format, $"{bytes / (double)(1L << 20):#,0.#} MiB"),
        _ => string.Create(NumberStyle.Format, $"{bytes / 1024d:#,0.#} KiB"),
    };

    /// <summary>A length of time in the unit that suits it, such as <c>4.2 s</c>, <c>12 min</c>, <c>30.5 h</c>, <c>12 days</c>.</summary>
    public static string Span(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => Seconds(time),
        { TotalMinutes: < 90 } => string.Create(NumberStyle.Format, $"{time.TotalMinutes:0.#} min"),
        { TotalDays: < 2 } => string.Create(NumberStyle.Format, $"{time.TotalHours:0.#} h"),
        _ => string.Create(NumberStyle.Format, $"{time.TotalDays:#,0.#} days"),
    };

    /// <summary>Seconds, such as <c>4.2 s</c>; none where it is negative, as two clocks may have it.</summary>
    public static string Seconds(TimeSpan time) => string.Create(NumberStyle.Format, $"{Math.Max(0, time.TotalSeconds):0.#} s");
}
