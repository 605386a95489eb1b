using System.Text;
using DdocCost.Domain.Ingestion;
using Xunit;

namespace DdocCost.Tests.Ingestion.Reader;

/// <summary>Deliveries that are damaged, in which every good record is still read.</summary>
public sealed class ReaderDamageTests
{
    [Theory]
    [InlineData("null", "not a JSON object")]
    [InlineData("42", "not a JSON object")]
    [InlineData("\"a text\"", "a text")]
    [InlineData("[1,[2]]", "not a JSON object")]
    [InlineData("{}", "neither eventSource nor eventName")]
    [InlineData("{\"eventTime\":\"x\",\"eventSource\":\"ec2.amazonaws.com\"}", "no eventName")]
    [InlineData("{\"eventTime\":\"x\",\"eventName\":\"RunInstances\"}", "no eventSource")]
    [InlineData("{\"eventSource\":\"ec2.amazonaws.com\",\"eventName\":7}", "eventName is not a string")]
    [InlineData("{\"eventSource\":\"ec2.amazonaws.com\",\"eventName\":\"X\",}", "not valid JSON")]
    [InlineData("{\"eventSource\":\"ec2.amazonaws.com\",\"eventName\":\"X\",\"a\":tru}", "not valid JSON")]
    [InlineData("{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"IAM", "not valid JSON")]
    [InlineData("{\"eventVersion\":\"1.08\",\"resources\":[{\"ARN\":\"x\"}", "the record is cut")]
    [InlineData("{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"IAMUser\"},", "not valid JSON")]
    [InlineData("}", "not a JSON object")]
    [InlineData("junk junk", "not a JSON object")]
    public void Broken_record_is_rejected_with_position_and_reason_and_its_neighbours_are_read(string broken, string reason)
    {
        var reading = Reading.Of(Trail.LogFile(Trail.Record(0), Trail.Record(1), broken, Trail.Record(3), Trail.Record(4)));
        Assert.Equal(["Call0", "Call1", "Call3", "Call4"], reading.Names);
        Assert.Equal([0L, 1L, 3L, 4L], reading.Records.Select(record => record.Position));
        var rejected = Assert.Single(reading.Rejected);
        Assert.Equal((2L, false, "delivery.json"), (rejected.Position, rejected.IsByteOffset, rejected.Delivery));
        Assert.Contains(reason, rejected.Reason, StringComparison.Ordinal);
        Assert.StartsWith(broken[..Math.Min(broken.Length, 10)], rejected.Excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_broken_record_between_good_ones_is_rejected_on_its_own()
    {
        var reading = Reading.Of(Trail.LogFile("{\"a\":x}", Trail.Record(1), "{\"eventVersion\":", Trail.Record(3), "null", "5", Trail.Record(6)));
        Assert.Equal(["Call1", "Call3", "Call6"], reading.Names);
        Assert.Equal([0L, 2L, 4L, 5L], reading.Rejected.Select(rejected => rejected.Position));
    }

    [Theory]
    [InlineData("{\"Records\":\"none\"}")]
    [InlineData("{\"Records\":{\"a\":1}}")]
    [InlineData("{\"Records\":null}")]
    public void Records_of_the_wrong_type_are_one_reject(string delivery) =>
        Assert.Contains("Records is not an array", Assert.Single(Reading.Of(delivery).Rejected).Reason, StringComparison.Ordinal);

    [Fact]
    public void Broken_line_of_json_lines_costs_that_line_only()
    {
        var half = Trail.Record(1)[..150];
        var reading = Reading.Of(Trail.JsonLines(Trail.Record(0), half, half, "not json", Trail.Record(4)));
        Assert.Equal(["Call0", "Call4"], reading.Names);
        Assert.Equal([1L, 2L], reading.Rejected.Select(rejected => rejected.Position));
    }

    [Fact]
    public void Stray_quote_does_not_eat_the_next_record()
    {
        var reading = Reading.Of($$"""{"Records":[{{Trail.Record(0)}}",{{Trail.Record(1)}},{{Trail.Record(2)}}]}""");
        Assert.Equal(["Call0", "Call1", "Call2"], reading.Names);
        Assert.Single(reading.Rejected);
    }

    [Fact]
    public void Truncated_gzip_gives_what_came_before_the_break()
    {
        var whole = Trail.Gzip(Trail.LogFile(Trail.Records(5000)));
        var reading = Reading.Of(whole[..(whole.Length / 2)]);
        Assert.InRange(reading.Records.Count, 1000, 4999);
        Assert.Equal(Enumerable.Range(0, reading.Records.Count).Select(n => $"Call{n}"), reading.Names);
        var rejected = Assert.Single(reading.Rejected);
        Assert.Contains("gzip", rejected.Reason, StringComparison.Ordinal);
        Assert.Equal(reading.Records.Count, rejected.Position);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(18)]
    public void Gzip_that_ends_in_its_header_is_one_reject(int length)
    {
        var reading = Reading.Of(Trail.Gzip(Trail.LogFile(Trail.Records(3)))[..length]);
        Assert.Empty(reading.Records);
        Assert.Contains("gzip", Assert.Single(reading.Rejected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Flipped_bytes_in_gzip_lose_no_record_before_them()
    {
        var bytes = Trail.Gzip(Trail.LogFile(Trail.Records(2000)));
        var clean = Reading.Of(bytes[..^2000]).Records.Count;
        for (var i = bytes.Length - 2000; i < bytes.Length - 1900; i++)
        {
            bytes[i] ^= 0xff;
        }

        var reading = Reading.Of(bytes);
        Assert.Single(reading.Rejected, rejected => rejected.Reason.Contains("gzip", StringComparison.Ordinal));
        Assert.InRange(reading.Records.Count, clean - 5, 2000);
    }

    [Fact]
    public void Wrong_checksum_alone_loses_nothing()
    {
        var bytes = Trail.Gzip(Trail.LogFile(Trail.Records(3)));
        bytes[^6] ^= 0xff;
        var reading = Reading.Of(bytes);
        Assert.Equal(["Call0", "Call1", "Call2"], reading.Names);
        Assert.Contains("gzip", Assert.Single(reading.Rejected).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Invalid_utf8_is_replaced_and_noted_and_the_record_is_used(bool inText)
    {
        string[] records = [Trail.Record(0, "\"userAgent\":\"a#b\","), Trail.Record(1)];
        var bytes = Trail.Utf8(inText ? Trail.LookupEvents(records) : Trail.LogFile(records));
        bytes[bytes.AsSpan().IndexOf("a#b"u8) + 1] = 0xff;
        var reading = Reading.Of(bytes);
        Assert.Equal(["Call0", "Call1"], reading.Names);
        Assert.Contains("a\uFFFDb", reading.Records[0].Json, StringComparison.Ordinal);
        Assert.Empty(reading.Rejected);
        Assert.Contains("UTF-8", Assert.Single(reading.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Record_beyond_the_limit_is_rejected_without_being_held_and_reading_goes_on(int pieces)
    {
        // 100 MB as one text, then as many small ones.
        var size = 100_000_000 / pieces;
        var filler = Enumerable.Repeat((byte)'x', size).ToArray();
        using var delivery = new ConcatenatedStream(
        [
            Trail.Utf8("""{"Records":[""" + Trail.Record(0) + ",{\"eventVersion\":\"1.08\",\"requestParameters\":{\"p\":["),
            .. Enumerable.Range(0, pieces).SelectMany(i => new[] { Trail.Utf8(i == 0 ? "\"" : ",\""), filler, Trail.Utf8("\"") }),
            Trail.Utf8("]},\"eventSource\":\"ec2.amazonaws.com\",\"eventName\":\"Huge\"}," + Trail.Record(2) + "]}"),
        ]);
        var reading = Reading.Of(delivery);
        Assert.Equal(["Call0", "Call2"], reading.Names);
        Assert.Equal([0L, 2L], reading.Records.Select(record => record.Position));
        var rejected = Assert.Single(reading.Rejected);
        Assert.Contains("16 MiB", rejected.Reason, StringComparison.Ordinal);
        Assert.Equal(512, rejected.Excerpt.Length);
    }

    [Fact]
    public void Large_record_within_the_limit_is_read_whole()
    {
        var text = new string('x', 8_000_000);
        var reading = Reading.Of(Trail.LogFile(Trail.Record(0), Trail.Record(1, $"\"additionalEventData\":\"{text}\","), Trail.Record(2)));
        Assert.Equal(["Call0", "Call1", "Call2"], reading.Names);
        Assert.Contains(text, reading.Records[1].Json, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_a_reject_and_no_more()
    {
        var deep = "{\"eventTime\":\"x\",\"eventSource\":\"a\",\"eventName\":\"b\",\"p\":" + new string('[', 100_000) + new string(']', 100_000) + "}";
        var reading = Reading.Of(Trail.LogFile(Trail.Record(0), deep, Trail.Record(2)));
        Assert.Equal(["Call0", "Call2"], reading.Names);
        Assert.Single(reading.Rejected);
    }

    [Theory]
    [InlineData("name,size\na,1\n\"b\",{2}\n")]
    [InlineData("<!DOCTYPE html><html><script>var a = {\"b\": [1]};</script></html>")]
    [InlineData("{\"seed\":1,\"accounts\":[{\"id\":\"1\"}],\"incidents\":[]}")]
    [InlineData("{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n")]
    [InlineData("PK\u0003\u0004 some zip")]
    public void File_that_is_not_cloudtrail_at_all_is_one_reject(string content)
    {
        var reading = Reading.Of(content);
        Assert.Empty(reading.Records);
        Assert.NotEmpty(Assert.Single(reading.Rejected).Reason);
    }

    [Fact]
    public void Endless_lines_of_something_else_are_not_read_to_the_end()
    {
        var reading = Reading.Of(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{{\"line\":{i}}}\n")));
        Assert.Contains("the rest was not read", Assert.Single(reading.Rejected).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"Records\":[", "1,")]
    [InlineData("", "{\n")]
    [InlineData("", "{\"eventTime\":")]
    [InlineData("", "{\"a\"")]
    [InlineData("[", "{\"eventTime\":[")]
    public void File_made_to_cost_time_is_given_up(string start, string repeated)
    {
        var reading = Reading.Of(start + string.Concat(Enumerable.Repeat(repeated, 20_000_000 / repeated.Length)));
        Assert.Empty(reading.Records);
        Assert.InRange(reading.Rejected.Count, 1, 100_001);
        Assert.Contains("the rest was not read", reading.Rejected[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Excerpt_is_text_that_every_store_takes()
    {
        var excerpt = Assert.Single(Reading.Of([0, 1, 2, 0xff, (byte)'a', .. new byte[2000]]).Rejected).Excerpt;
        Assert.InRange(excerpt.Length, 1, 512);
        Assert.DoesNotContain('\0', excerpt);
    }

    [Fact]
    public void Good_records_in_front_of_foreign_lines_keep_each_line_accounted_for()
    {
        var reading = Reading.Of(Trail.JsonLines("{\"a\":1}", "{\"a\":2}", Trail.Record(2), "{\"a\":3}"));
        Assert.Equal([2L], reading.Records.Select(record => record.Position));
        Assert.Equal([0L, 1L, 3L], reading.Rejected.Select(rejected => rejected.Position));
    }

    [Fact]
    public void Failure_of_the_stream_itself_is_not_hidden() =>
        Assert.Throws<IOException>(() => Reading.Of(new FailingStream()));

    private sealed class FailingStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("the disk is gone");
    }

    /// <summary>Parts one after another, without another copy of them.</summary>
    private sealed class ConcatenatedStream(params byte[][] parts) : MemoryStream
    {
        private int _part;
        private int _at;

        public override int Read(Span<byte> buffer)
        {
            while (_part < parts.Length && _at == parts[_part].Length)
            {
                (_part, _at) = (_part + 1, 0);
            }

            if (_part == parts.Length)
            {
                return 0;
            }

            var count = Math.Min(buffer.Length, parts[_part].Length - _at);
            parts[_part].AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }
    }
}
