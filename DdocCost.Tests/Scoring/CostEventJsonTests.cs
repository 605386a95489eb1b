using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;
using DdocCost.Domain.Storage;
using DdocCost.Tests.App;
using DdocCost.Tests.Backtest;
using Marten;
using Marten.Services;
using Xunit;

namespace DdocCost.Tests.Scoring;

/// <summary>A cost event as stored is shorter than the store's own JSON of it, and is read back the same but for the last digits of the evidence.</summary>
public sealed class CostEventJsonTests(BacktestAccountTests.History history) : IClassFixture<BacktestAccountTests.History>
{
    private static readonly SystemTextJsonSerializer Store = Serializer();

    [Fact]
    public void Is_read_back_the_same_with_six_significant_digits_of_evidence()
    {
        Assert.NotEmpty(history.Events);
        Assert.All(history.Events, e => AssertSame(Node(e), Node(Again(e)), "", isEvidence: false));
    }

    [Fact]
    public void Takes_a_tenth_less()
    {
        var (before, now) = (history.Events.Sum(e => Store.ToJson(e).Length), history.Events.Sum(e => Written(e).Length));
        Assert.True(now < before * 9 / 10, $"{now} bytes in place of {before}");
    }

    [Fact]
    public void Has_its_members_in_the_order_in_which_PostgreSQL_keeps_them()
    {
        foreach (var members in history.Events.Take(100).SelectMany(e => Objects(JsonNode.Parse(Written(e)))))
        {
            string[] names = [.. members.Select(member => member.Key)];
            Assert.Equal(names.OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal), names);
        }
    }

    [Fact]
    public void Keeps_what_is_empty_where_missing_would_mean_another_thing()
    {
        var e = Some.Event();
        var change = e.Costed.Event.Changes[0] with { Quantity = 0, QuantityUntold = true, Traits = new ResourceTraits { Spot = true, Iops = 0 } };
        var odd = e with
        {
            Costed = e.Costed with { UsdPerHour = null, Event = e.Costed.Event with { Changes = [change], Tags = new Dictionary<string, string> { ["Cost Centre"] = "" }, TagsRemoved = [] } },
            Verdict = e.Verdict with { Components = [], Cause = "" },
        };

        AssertSame(Node(odd), Node(Again(odd)), "", isEvidence: false);
    }

    [Fact]
    public void Writes_what_no_other_JSON_would_take()
    {
        var e = Some.Event();
        var odd = e with
        {
            Costed = e.Costed with { Event = e.Costed.Event with { UserAgent = "a\0b<é\ud83d\"\\" } },
            Verdict = e.Verdict with { Components = [new ScoreComponent("rate", double.NaN, double.PositiveInfinity, double.NegativeInfinity, null, 1, "USD", "")] },
        };

        var again = Again(odd);

        Assert.Equal("a\ufffdb<é\ufffd\"\\", again.Costed.Event.UserAgent);
        Assert.Equal((double.NaN, double.PositiveInfinity, double.NegativeInfinity), (again.Verdict.Components[0].Score, again.Verdict.Components[0].Value, again.Verdict.Components[0].Mean));
    }

    [Fact]
    public void Rounds_to_six_significant_digits_and_the_rounded_to_itself() => Gen.Double[-1e12, 1e12].Select(Gen.Int[-20, 3], (number, scale) => number * Math.Pow(10, scale)).Sample(number =>
    {
        var rounded = SignificantDigits.Of(number);
        return Math.Abs(rounded - number) <= Math.Max(5.001e-6 * Math.Abs(number), 5.001e-10) && SignificantDigits.Of(rounded) == rounded;
    }, iter: 20_000);

    [Theory]
    [InlineData(0.15244179789215703, 0.152442)]
    [InlineData(31.66079309302891, 31.6608)]
    [InlineData(-1234567.8, -1234570)]
    [InlineData(0.000000000005998757, 0)]
    [InlineData(0, 0)]
    public void Rounds(double number, double rounded) => Assert.Equal(rounded, SignificantDigits.Of(number));

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(member => Objects(member.Value)).Prepend(o),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static SystemTextJsonSerializer Serializer()
    {
        var options = new StoreOptions();
        options.UseSystemTextJsonForSerialization(Weasel.Core.EnumStorage.AsString, Weasel.Core.Casing.CamelCase, StoreSetup.Json);
        return (SystemTextJsonSerializer)options.Serializer();
    }

    private static byte[] Written(CostEvent e)
    {
        var json = new ArrayBufferWriter<byte>();
        using var writer = CostEventJson.WriterTo(json);
        CostEventJson.Write(writer, e);
        writer.Flush();
        return json.WrittenSpan.ToArray();
    }

    private static CostEvent Again(CostEvent e)
    {
        using var json = new MemoryStream(Written(e));
        return Store.FromJson<CostEvent>(json);
    }

    private static JsonNode? Node(CostEvent e) => JsonNode.Parse(Store.ToJson(e));

    private static void AssertSame(JsonNode? was, JsonNode? now, string path, bool isEvidence)
    {
        switch (was)
        {
            case JsonObject o:
                Assert.Equal(o.Select(member => member.Key).Order(), now!.AsObject().Select(member => member.Key).Order());
                foreach (var (name, value) in o)
                {
                    AssertSame(value, now![name], $"{path}/{name}", isEvidence || name is "components" or "weighing");
                }

                break;
            case JsonArray a:
                Assert.Equal(a.Count, now!.AsArray().Count);
                for (var i = 0; i < a.Count; i++)
                {
                    AssertSame(a[i], now![i], $"{path}/{i}", isEvidence);
                }

                break;
            case JsonValue value when isEvidence && value.GetValueKind() == JsonValueKind.Number:
                Assert.Equal((double)value, (double)now!, Math.Max(5.001e-6 * Math.Abs((double)value), 5.001e-10));
                break;
            default:
                Assert.True(JsonNode.DeepEquals(was, now), $"{path}: {was} became {now}");
                break;
        }
    }
}
