using System.Text.Json.Nodes;
using CsCheck;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Pipeline;
using DdocCost.Domain.Scoring;
using DdocCost.Tests.Ingestion.Reader;
using DdocCost.Tests.Support;
using Xunit;

namespace DdocCost.Tests.Replay;

/// <summary>Records that are JSON, but whose values are not what their names promise.</summary>
public sealed class ReplayMutationTests
{
    /// <summary>Values nobody expects, as JSON: half of a surrogate pair, numbers beyond any type, times that are none.</summary>
    private static readonly string[] Odd =
    [
        "null", "true", "-1", "1e400", "99999999999999999999999999999999999999", "0.0000001", "\"\"", "\"...\"", "\"\\ud83d\"", "\"\\u0000\"", "[]", "{}", "[null]", "[[]]", "[{}]",
        "{\"items\":null}", "{\"items\":[null,1,\"a\",{}]}", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00Z\"", "\"2026-03-02\"", "1700000000", "\"-5\"", "\"2147483648\"",
        "\"1e30\"", "\"m5.large\"",
    ];

    [Fact]
    public void No_value_of_our_own_records_makes_a_replay_fail() =>
        Mutate([Calls.Run(1), Calls.Terminate(2, 1, "2026-03-02T11:00:00Z"), Calls.Refused(3), Calls.Describe(4)], 1_000);

    [Fact]
    public void No_value_of_real_records_makes_a_replay_fail()
    {
        var records = Directory.GetFiles(Path.Combine(SharedData.Folder("cloudtrail"), "events"), "*.jsonl").Order(StringComparer.Ordinal)
            .SelectMany(file => Reading.Of(File.ReadAllBytes(file)).Records)
            .Where(record => EventCatalogue.Default.MayCost(Trail.Utf8(record.Source), Trail.Utf8(record.Name)))
            .Select(record => record.Json);
        Mutate([.. records], 1_500);
    }

    private static void Mutate(string[] records, int times) =>
        Gen.Select(OneOf(records), Gen.Select(Gen.Int[0, 1000], OneOf(Odd)).Array[1, 4]).Sample((record, mutations) =>
        {
            using var folder = new ReplayFolder().With("a.jsonl", Trail.JsonLines(Trail.Record(1), With(record, mutations)));
            var summary = new Domain.Pipeline.Replay(EventCatalogue.Default, TimeProvider.System).Run(ReplayInput.Of(folder.Path), new Nowhere());
            return summary.Records == 2;
        }, iter: times);

    private static Gen<string> OneOf(string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>The record with some of its values replaced; half a surrogate pair does not survive a JsonNode, so values are put in as text.</summary>
    private static string With(string json, IEnumerable<(int At, string Value)> mutations)
    {
        var root = JsonNode.Parse(json)!;
        foreach (var (at, value) in mutations)
        {
            JsonNode?[] parents = [.. Descendants(root).Where(node => node is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })];
            var parent = parents[at % parents.Length];
            if (parent is JsonObject fields)
            {
                fields[fields.ElementAt(at % fields.Count).Key] = "#" + Array.IndexOf(Odd, value) + "#";
            }
            else if (parent is JsonArray items)
            {
                items[at % items.Count] = "#" + Array.IndexOf(Odd, value) + "#";
            }
        }

        return Odd.Index().Aggregate(root.ToJsonString(), (text, odd) => text.Replace($"\"#{odd.Index}#\"", odd.Item, StringComparison.Ordinal));
    }

    private static IEnumerable<JsonNode?> Descendants(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Descendants(field.Value)).Prepend(node),
        JsonArray items => items.SelectMany(Descendants).Prepend(node),
        _ => [node],
    };

    private sealed class Nowhere : IReplayOutput
    {
        public void Costed(CostEvent e)
        {
        }

        public void Raised(Alert alert)
        {
        }
    }
}
