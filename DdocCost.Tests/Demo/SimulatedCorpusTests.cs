using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Incidents;

namespace DdocCost.Tests.Demo;

public sealed partial class SimulatedCorpusTests : IClassFixture<SimulatedCorpusTests.Corpus>
{
    private static readonly DateTimeOffset Start = new(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);
    private readonly Corpus _corpus;

    public SimulatedCorpusTests(Corpus corpus) => _corpus = corpus;

    /// <summary>Three weeks with each scenario once; written once for all tests.</summary>
    public sealed class Corpus : IDisposable
    {
        public Corpus()
        {
            Counts = SimulatedCorpus.Write(Written.Folder, seed: 3, Start, days: 21, IncidentCatalogue.All.Count, noise: 1);
            Labels = JsonDocument.Parse(File.ReadAllText(Path.Combine(Written.Folder, "labels.json"))).RootElement;
            Records = Written.Records;
        }

        internal Written Written { get; } = new();

        public TrailCounts Counts { get; }

        public JsonElement Labels { get; }

        public IReadOnlyList<JsonElement> Records { get; }

        public IEnumerable<JsonElement> Incidents => Labels.GetProperty("incidents").EnumerateArray();

        public IEnumerable<JsonElement> Decoys => Labels.GetProperty("decoys").EnumerateArray();

        public void Dispose() => Written.Dispose();
    }

    [Fact]
    public void The_same_seed_writes_the_same_bytes()
    {
        using Written one = new(), same = new(), other = new();
        SimulatedCorpus.Write(one.Folder, seed: 5, Start, days: 8, incidents: 2, noise: 1, cancellationToken: TestContext.Current.CancellationToken);
        SimulatedCorpus.Write(same.Folder, seed: 5, Start, days: 8, incidents: 2, noise: 1, cancellationToken: TestContext.Current.CancellationToken);
        SimulatedCorpus.Write(other.Folder, seed: 6, Start, days: 8, incidents: 2, noise: 1, cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotEmpty(one.Files);
        Assert.Equal(Contents(one), Contents(same));
        Assert.NotEqual(Contents(one), Contents(other));
    }

    [Fact]
    public void Counts_tell_what_was_written()
    {
        Assert.Equal(_corpus.Counts.Files, _corpus.Written.Files.Count);
        Assert.Equal(_corpus.Counts.Events, _corpus.Records.Count);
        Assert.Equal(_corpus.Counts.Events, _corpus.Labels.GetProperty("counts").GetProperty("events").GetInt64());
    }

    [Fact]
    public void Files_lie_where_CloudTrail_puts_them_and_hold_the_records_of_one_account_and_region()
    {
        foreach (var file in _corpus.Written.Files)
        {
            var key = LogFileKey().Match(Path.GetRelativePath(_corpus.Written.Folder, file));
            Assert.True(key.Success, file);
            var records = Written.Read(file);
            Assert.NotEmpty(records);
            Assert.All(records, record =>
            {
                Assert.Equal(key.Groups["account"].Value, Text(record, "recipientAccountId"));
                Assert.Equal(key.Groups["region"].Value, Text(record, "awsRegion"));
            });
        }
    }

    [Fact]
    public void Every_record_has_the_documented_fields()
    {
        string[] always =
        [
            "eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent",
            "requestParameters", "responseElements", "requestID", "eventID", "readOnly", "eventType", "managementEvent", "recipientAccountId", "eventCategory",
        ];

        Assert.All(_corpus.Records, record =>
        {
            Assert.All(always, name => Assert.True(record.TryGetProperty(name, out _), name));
            Assert.EndsWith(".amazonaws.com", Text(record, "eventSource"), StringComparison.Ordinal);
            Assert.Matches(IsoSeconds(), Text(record, "eventTime"));
            Assert.Matches(Arn(), Text(record.GetProperty("userIdentity"), "arn"));
            Assert.Equal(Text(record, "recipientAccountId"), Text(record.GetProperty("userIdentity"), "accountId"));
            Assert.True(Guid.TryParse(Text(record, "eventID"), out _));
        });
    }

    [Fact]
    public void A_refused_call_says_why_and_answers_nothing()
    {
        var refused = _corpus.Records.Where(record => record.TryGetProperty("errorCode", out _)).ToList();

        Assert.NotEmpty(refused);
        Assert.All(refused, record =>
        {
            Assert.NotEmpty(Text(record, "errorMessage"));
            Assert.Equal(JsonValueKind.Null, record.GetProperty("responseElements").ValueKind);
        });
    }

    [Fact]
    public void Event_ids_are_unique_and_times_lie_within_the_days()
    {
        Assert.Equal(_corpus.Records.Count, _corpus.Records.Select(record => Text(record, "eventID")).Distinct().Count());
        Assert.All(_corpus.Records, record => Assert.InRange(record.GetProperty("eventTime").GetDateTimeOffset(), Start, Start.AddDays(21)));
    }

    [Fact]
    public void Labels_name_every_scenario_and_only_records_that_exist()
    {
        var existing = _corpus.Records.Select(record => Text(record, "eventID")).ToHashSet();

        Assert.Equal(IncidentCatalogue.All.Select(i => i.Scenario).Order(), _corpus.Incidents.Select(i => Text(i, "scenario")).Order());
        foreach (var labelled in _corpus.Incidents.Concat(_corpus.Decoys))
        {
            var ids = labelled.GetProperty("eventIds").EnumerateArray().Select(id => id.GetString()!).ToList();
            Assert.NotEmpty(ids);
            Assert.All(ids, id => Assert.Contains(id, existing));
        }
    }

    [Fact]
    public void Incidents_cost_something_begin_after_the_calm_week_and_are_ended_by_somebody()
    {
        Assert.All(_corpus.Incidents, incident =>
        {
            Assert.True(incident.GetProperty("usdPerHour").GetDecimal() > 1, Text(incident, "scenario"));
            Assert.True(incident.GetProperty("start").GetDateTimeOffset() >= Start.AddDays(7));
            Assert.True(incident.GetProperty("end").GetDateTimeOffset() > incident.GetProperty("start").GetDateTimeOffset());
            Assert.Contains(Text(incident, "kind"), (string[])["single", "burst", "drift"]);
        });
    }

    [Fact]
    public void There_are_decoys_that_look_alarming_and_cost_nothing_new()
    {
        Assert.Superset(
            new HashSet<string> { "refused-launch", "saturday-backfill", "weekly-training" },
            _corpus.Decoys.Select(decoy => Text(decoy, "scenario")).ToHashSet());
    }

    [Fact]
    public void Only_what_was_launched_is_ever_terminated_and_nothing_twice()
    {
        var launched = new HashSet<string>();
        var terminated = new HashSet<string>();
        foreach (var record in _corpus.Records.Where(r => !r.TryGetProperty("errorCode", out _)).OrderBy(r => Text(r, "eventTime"), StringComparer.Ordinal))
        {
            switch (Text(record, "eventName"))
            {
                case "RunInstances":
                    Assert.All(Instances(record.GetProperty("responseElements")), id => Assert.True(launched.Add(id)));
                    break;
                case "TerminateInstances":
                    Assert.All(Instances(record.GetProperty("requestParameters")), id => Assert.True(launched.Contains(id) && terminated.Add(id)));
                    break;
            }
        }

        Assert.NotEmpty(terminated);
    }

    private static IEnumerable<string> Instances(JsonElement element) =>
        element.GetProperty("instancesSet").GetProperty("items").EnumerateArray().Select(item => Text(item, "instanceId"));

    private static IReadOnlyList<string> Contents(Written written) =>
    [
        .. Directory.EnumerateFiles(written.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(written.Folder, file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"),
    ];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    [GeneratedRegex(@"^AWSLogs/(?<account>\d{12})/CloudTrail/(?<region>[a-z0-9-]+)/\d{4}/\d\d/\d\d/\k<account>_CloudTrail_\k<region>_\d{8}T\d{4}Z_[A-Za-z0-9]{16}\.json\.gz$")]
    private static partial Regex LogFileKey();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    private static partial Regex IsoSeconds();

    [GeneratedRegex(@"^arn:aws:(iam|sts)::\d{12}:(user|assumed-role)/")]
    private static partial Regex Arn();
}
