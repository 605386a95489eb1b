using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using DdocCost.Tests.Support;
using YamlDotNet.Serialization;

namespace DdocCost.Tests.Observability;

/// <summary>Alert rules and dashboard ask for metrics that there are, under the names that Prometheus sees.</summary>
public sealed partial class AlertRulesTests
{
    private static readonly HashSet<string> Known = [.. OurInstruments(), "up", "dotnet_process_memory_working_set_bytes", "dotnet_process_cpu_time_seconds_total"];

    [Fact]
    public void Every_rule_asks_for_metrics_that_there_are_and_says_what_to_do()
    {
        var rules = Rules();

        Assert.NotEmpty(rules);
        Assert.All(rules, rule =>
        {
            Assert.All(MetricsIn((string)rule["expr"]), metric => Assert.Contains(metric, Known));
            var annotations = (Dictionary<object, object>)rule["annotations"];
            Assert.True(((string)annotations["description"]).Length > 40, "a rule says what to do");
            Assert.Contains((string)((Dictionary<object, object>)rule["labels"])["severity"], new[] { "critical", "warning" });
        });
    }

    [Fact]
    public void Every_panel_of_the_dashboard_asks_for_metrics_that_there_are()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("ops", "observability", "dashboard.json")));
        var expressions = dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!).ToList();

        Assert.NotEmpty(expressions);
        Assert.All(expressions, expression => Assert.All(MetricsIn(expression), metric => Assert.Contains(metric, Known)));
    }

    [Fact]
    public async Task Prometheus_reads_the_rules()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/promtool"), "promtool is not here (Debian's package prometheus).");

        var (exit, said) = await Shell.RunAsync($"promtool check rules '{Repository.PathOf("ops", "observability", "alerts.yml")}'");

        Assert.True(exit == 0, said);
    }

    private static List<Dictionary<object, object>> Rules()
    {
        var file = new DeserializerBuilder().Build().Deserialize<Dictionary<string, List<Dictionary<string, object>>>>(File.ReadAllText(Repository.PathOf("ops", "observability", "alerts.yml")));
        return [.. file["groups"].SelectMany(group => (List<object>)group["rules"]).Cast<Dictionary<object, object>>()];
    }

    private static IEnumerable<string> MetricsIn(string expression) => Metric().Matches(expression).Select(match => match.Value);

    /// <summary>Our instruments as the exporter names them: dots become underscores, units and kinds are appended.</summary>
    private static List<string> OurInstruments()
    {
        var names = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (!instrument.Meter.Name.StartsWith("ddoc.", StringComparison.Ordinal))
                {
                    return;
                }

                var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : instrument.Unit == "By" ? "_bytes" : "");
                names.AddRange(instrument switch { Counter<long> => [name + "_total"], Histogram<double> => [name + "_bucket", name + "_count", name + "_sum"], _ => [name] });
            },
        };
        listener.Start();
        foreach (var meter in (Type[])[typeof(DdocCost.Domain.Ingestion.IngestionMeter), typeof(DdocCost.Jobs.Scoring.ScoringMeter), typeof(DdocCost.Jobs.Notify.NotifyMeter)])
        {
            System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(meter.TypeHandle);
        }

        using var depth = new DdocCost.Jobs.Observability.DepthMeter(Npgsql.NpgsqlDataSource.Create("Host=nowhere"), Microsoft.Extensions.Options.Options.Create(new DdocCost.Jobs.Observability.ObserveOptions()));
        return names;
    }

    [GeneratedRegex(@"\b(?:ddoc|dotnet)_\w+|\bup\b")]
    private static partial Regex Metric();
}
