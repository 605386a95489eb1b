using System.Globalization;
using System.Text;

namespace DdocCost.Domain.Ingestion;

/// <summary>
/// How long after its eventTime a record arrived, counted in classes that grow by half: a percentile is right to within a quarter.
/// A record whose time is missing or lies ahead of the clock counts as no delay known, and as none.
/// </summary>
public sealed record DelayHistogram
{
    private const int Classes = 48; // 0.25 s × 1.5^47: more than a year
    private const double First = 0.25;
    private const double Growth = 1.5;

    /// <summary>Nothing counted.</summary>
    public static readonly DelayHistogram None = new();

    /// <summary>Records in each class; class 0 is below a quarter of a second. Empty for nothing counted.</summary>
    public IReadOnlyList<long> Counts { get; init; } = [];

    /// <summary>The delay that a share of the records did not exceed.</summary>
    /// <param name="share">From 0 to 1; 0.95 for p95.</param>
    /// <returns>The middle of its class; null where nothing was counted.</returns>
    public TimeSpan? Percentile(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(Counts.Sum() * share));
        long passed = 0;
        for (var i = 0; i < Counts.Count; i++)
        {
            passed += Counts[i];
            if (passed >= wanted)
            {
                return TimeSpan.FromSeconds(First * Math.Pow(Growth, i - 0.5));
            }
        }

        return null;
    }

    /// <summary>Both together.</summary>
    public DelayHistogram And(DelayHistogram more) =>
        more.Counts.Count == 0 ? this : Counts.Count == 0 ? more : new() { Counts = [.. Counts.Zip(more.Counts, (a, b) => a + b)] };

    /// <inheritdoc/>
    public bool Equals(DelayHistogram? other) => other is not null && Counts.SequenceEqual(other.Counts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Counts.Count, Counts.Sum());

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"p50 = {Percentile(0.5)}, p95 = {Percentile(0.95)}");
        return true;
    }

    /// <summary>Counts record by record.</summary>
    internal sealed class Builder(DateTimeOffset arrivedAt)
    {
        private readonly long[] _counts = new long[Classes];
        private bool _any;

        /// <summary>Counts a record.</summary>
        /// <param name="eventTime">As written: <c>2026-09-07T03:10:00Z</c>. Anything else is passed over.</param>
        public void Add(ReadOnlySpan<byte> eventTime)
        {
            if (!TryRead(eventTime, out var time))
            {
                return;
            }

            _any = true;
            var seconds = (arrivedAt - time).TotalSeconds;
            var i = seconds < First ? 0 : 1 + (int)Math.Log(seconds / First, Growth);
            _counts[Math.Min(i, Classes - 1)]++;
        }

        public DelayHistogram Build() => _any ? new() { Counts = _counts } : None;

        // CloudTrail writes whole seconds in UTC; general parsing would cost as much as reading the record.
        private static bool TryRead(ReadOnlySpan<byte> text, out DateTimeOffset time)
        {
            time = default;
            if (text.Length < 20 || text[4] != '-' || text[10] != 'T' || text[^1] != 'Z'
                || !TryNumber(text[..4], out var year) || !TryNumber(text[5..7], out var month) || !TryNumber(text[8..10], out var day)
                || !TryNumber(text[11..13], out var hour) || !TryNumber(text[14..16], out var minute) || !TryNumber(text[17..19], out var second)
                || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            {
                return false;
            }

            time = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
            return true;
        }

        private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
        {
            number = 0;
            foreach (var digit in digits)
            {
                if (digit is < (byte)'0' or > (byte)'9')
                {
                    return false;
                }

                number = number * 10 + (digit - '0');
            }

            return true;
        }
    }
}
