using CsCheck;
using DdocCost.Domain.Ingestion;
using Xunit;

namespace DdocCost.Tests.Ingestion.Reader;

/// <summary>What holds for any bytes.</summary>
public sealed class ReaderPropertyTests
{
    private static readonly string[] Records = Trail.Records(4);

    /// <summary>Pieces of JSON and of records: their random sequences come much nearer to real deliveries than random bytes.</summary>
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "\"", ",", ":", "\\", "\n", " ", "null", "tru", "1e", "\"eventSource\"", "\"eventName\":\"X\"", "\"eventTime\":\"t\"", "\"Records\":[",
        "{\"Records\":[", "]}", "\"Events\":[", "\"logEvents\":[{\"message\":\"", "\"detail\":{", "{\"CloudTrailEvent\":\"{\\\"a", "\"userIdentity\":{\"accountId\":",
        "{\"Type\":\"Notification\",\"Message\":", "{\"Messages\":[{\"Body\":", Trail.SnsMessage(Trail.Envelope(Records[3])), Trail.SqsMessages(Trail.LogFile(Records[2])),
        "\uFEFF", "\ud7ff", Records[0], Records[1], Trail.Quoted(Records[2]), Trail.Envelope(Records[3]), Records[0][..200], Records[1][100..],
    ];

    private static readonly Gen<byte[]> Soup = Gen.Int[0, Pieces.Length - 1].Array[0, 30].Select(picks => Trail.Utf8(string.Concat(picks.Select(pick => Pieces[pick]))));

    private static readonly Gen<byte[]> Truncated = Soup.Select(Trail.Gzip).SelectMany(bytes => Gen.Int[0, bytes.Length].Select(length => bytes[..length]));

    private static readonly Gen<byte[]> Plausible = Gen.OneOf(Soup, Gen.Byte.Array[0, 300], Soup.Select(Trail.Gzip), Soup.SelectMany(Damaged), Truncated);

    private static readonly Gen<byte[]> AnyBytes = Gen.OneOf(Plausible, Soup.Select(Trail.Gzip).SelectMany(Damaged));

    [Fact]
    public void No_bytes_make_it_throw_and_positions_rise_without_repeats() => AnyBytes.Sample(bytes =>
    {
        var reading = Reading.Of(bytes);
        long[] positions = [.. reading.Records.Select(record => record.Position), .. reading.Rejected.Where(r => !r.IsByteOffset).Select(r => r.Position)];
        return positions.Distinct().Count() == positions.Length && reading.Records.Zip(reading.Records.Skip(1)).All(pair => pair.First.Position < pair.Second.Position);
    }, iter: 20_000);

    [Fact]
    public void How_the_stream_is_chunked_makes_no_difference() => Gen.Select(Plausible, Gen.Int[1, 7]).Sample((bytes, atOnce) =>
        AssertSame(Reading.Of(bytes), Reading.Of(new DrippingStream(bytes, atOnce, canSeek: true))), iter: 3_000);

    [Fact]
    public void Log_file_cut_anywhere_gives_all_records_before_the_cut()
    {
        var whole = Trail.LogFile(Records);
        for (var cut = 0; cut < whole.Length; cut++)
        {
            var reading = Reading.Of(whole[..cut]);
            var complete = Records.Count(record => whole.IndexOf(record, StringComparison.Ordinal) + record.Length <= cut);
            Assert.True(complete == reading.Records.Count, $"cut at {cut}: {complete} complete, {reading.Records.Count} read");
            Assert.InRange(reading.Rejected.Count, cut is 0 || cut >= whole.Length - 1 ? 0 : 1, 1);
        }
    }

    [Fact]
    public void Gzipped_log_file_cut_anywhere_gives_records_in_order_and_one_reject()
    {
        var whole = Trail.Gzip(Trail.LogFile(Records));
        for (var cut = 2; cut < whole.Length; cut++)
        {
            var reading = Reading.Of(whole[..cut]);
            Assert.Equal(Enumerable.Range(0, reading.Records.Count).Select(Trail.Id), reading.Records.Select(record => record.Key));
            Assert.Single(reading.Rejected);
        }
    }

    [Fact]
    public void Record_cut_anywhere_among_good_ones_costs_only_itself()
    {
        var victim = Trail.Record(99);
        for (var cut = 1; cut < victim.Length; cut++)
        {
            foreach (var delivery in new[] { Trail.LogFile(Records[0], victim[..cut], Records[1], Records[2]), Trail.JsonLines(Records[0], victim[..cut], Records[1], Records[2]) })
            {
                var reading = Reading.Of(delivery);
                Assert.True(reading.Names.SequenceEqual(["Call0", "Call1", "Call2"]), $"cut at {cut}: {string.Join(' ', reading.Names)} of {delivery[..20]}");
                Assert.Single(reading.Rejected);
            }
        }
    }

    [Fact]
    public void Junk_between_records_never_costs_a_record()
    {
        var junk = Gen.OneOf(Gen.Int[0, 14].Array[1, 6].Select(picks => string.Concat(picks.Select(pick => Pieces[pick]))), Gen.String[Gen.Char[' ', '~'], 1, 40]);
        Gen.Select(junk, Gen.Int[0, 4], Gen.Bool).Sample((text, at, lines) =>
        {
            var pieces = Records.ToList();
            pieces.Insert(at, text);
            var reading = Reading.Of(lines ? Trail.JsonLines([.. pieces]) : Trail.LogFile([.. pieces]));
            return Records.Select((_, n) => $"Call{n}").SequenceEqual(reading.Names.Where(name => name.StartsWith("Call", StringComparison.Ordinal)));
        }, iter: 20_000);
    }

    [Fact]
    public void Any_mixture_of_envelopes_gives_every_record_once_and_in_order()
    {
        var wraps = new Func<string, string>[]
        {
            record => record, Trail.Quoted, record => Trail.Envelope(record), Trail.SnsMessage, record => Trail.SnsMessage(Trail.Envelope(record)),
            record => Trail.SqsMessages(record), record => Trail.SqsMessages(Trail.SnsMessage(Trail.Envelope(record))), record => Trail.SqsToFunction(Trail.LogFile(record)),
            record => Trail.LogFile(record), record => Trail.LogEvents(record), record => Trail.LookupEvents(record), record => Trail.SnsToFunction(record),
        };
        Gen.Select(Gen.Int[0, wraps.Length - 1].Array[1, 12], Gen.Bool, Gen.Bool).Sample((picks, lines, zipped) =>
        {
            var items = picks.Select((pick, n) => wraps[pick](Trail.Record(n))).ToArray();
            var text = lines ? Trail.JsonLines(items) : string.Concat(items);
            var reading = zipped ? Reading.Of(Trail.Gzip(Trail.Gzip(text))) : Reading.Of(text);
            return reading.Rejected.Count == 0 && picks.Select((_, n) => Trail.Id(n)).SequenceEqual(reading.Records.Select(record => record.Key));
        }, iter: 3_000);
    }

    private static Gen<byte[]> Damaged(byte[] bytes) => bytes.Length == 0
        ? Gen.Const(bytes)
        : Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Int[0, bytes.Length]).Select((at, value, length) =>
        {
            var copy = bytes.ToArray();
            copy[at] = value;
            return copy[..length];
        });

    private static void AssertSame(Reading one, Reading other)
    {
        Assert.Equal(one.Records, other.Records);
        Assert.Equal(one.Rejected, other.Rejected);
        Assert.Equal(one.Notes, other.Notes);
    }
}
