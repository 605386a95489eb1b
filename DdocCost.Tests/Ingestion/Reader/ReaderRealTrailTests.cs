using DdocCost.Tests.Support;
using Xunit;

namespace DdocCost.Tests.Ingestion.Reader;

/// <summary>The development set of real records, where it lies beside the repository.</summary>
public sealed class ReaderRealTrailTests
{
    [Fact]
    public void Every_indexed_record_is_handed_over_in_its_place()
    {
        var folder = SharedData.Folder("cloudtrail");
        var files = File.ReadLines(Path.Combine(folder, "index.tsv")).Skip(1)
            .Select(line => line.Split('\t'))
            .GroupBy(row => row[0], row => (Position: long.Parse(row[1], null) - 1, Source: row[4], Name: row[5]));
        var count = 0;
        foreach (var file in files)
        {
            using var stream = File.OpenRead(Path.Combine(folder, file.Key));
            var reading = Reading.Of(stream, file.Key);
            Assert.Empty(reading.Rejected);
            Assert.Equal(file, reading.Records.Select(record => (record.Position, record.Source, record.Name)));
            count += reading.Records.Count;
        }

        Assert.True(count > 3000, $"only {count} records in the index");
    }

    [Theory]
    [InlineData("envelopes/eventbridge/not-cloudtrail")]
    [InlineData("odd/digest")]
    public void Look_alikes_give_neither_records_nor_rejects(string subfolder)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(SharedData.Folder("cloudtrail"), subfolder)))
        {
            using var stream = File.OpenRead(file);
            var reading = Reading.Of(stream, file);
            Assert.Empty(reading.Records);
            Assert.Empty(reading.Rejected);
            Assert.NotEmpty(reading.Notes);
        }
    }

    [Fact]
    public void Text_that_is_not_json_as_it_stands_is_rejected_and_never_throws()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(SharedData.Folder("cloudtrail"), "odd/unparseable")))
        {
            using var stream = File.OpenRead(file);
            Assert.NotEmpty(Reading.Of(stream, file).Rejected);
        }
    }
}
