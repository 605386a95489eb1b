using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Tests.Support;
using Xunit;

namespace DdocCost.Tests.Ledger;

/// <summary>Rates and exposure against labels that others, or our own simulator, wrote: how wrong are we in USD per hour?</summary>
public sealed class CorpusErrorTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Start = new(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Prices_every_incident_of_our_simulator_as_labelled(int seed)
    {
        using var folder = new TempFolder();
        SimulatedCorpus.Write(folder.Path, (ulong)seed, Start, days: 11, IncidentCatalogue.All.Count, noise: 0, cancellationToken: TestContext.Current.CancellationToken);

        var labels = Labels(folder.Path);
        var (costed, _) = LabelledTrail.In(folder.Path).Take();
        var errors = Errors(labels, id => costed.TryGetValue(id, out var e) ? e.UsdPerHour ?? 0 : 0);

        Assert.Equal(IncidentCatalogue.All.Count, errors.Count);
        Assert.True(Median(errors) <= 0.02, $"median {Median(errors):P2}");
        Assert.True(errors.Max() <= 0.06, $"worst {errors.Max():P2}");
    }

    [Fact]
    public void Knows_at_the_end_what_our_simulator_left_running()
    {
        var left = Simulated(cleanedUpAfter: null);
        var cleaned = Simulated(TimeSpan.FromHours(9));
        var calm = Simulated(TimeSpan.FromHours(9), without: true);

        // What the incidents added is what the labels add up to, and nothing of it is left once somebody ended them.
        Assert.InRange((double)((left.Exposure - calm.Exposure) / left.Labelled), 0.98, 1.02);
        Assert.InRange(cleaned.Exposure - calm.Exposure, -0.01m, 0.01m);
    }

    /// <summary>
    /// The labels of that corpus are us-east-1 prices wherever an incident happens, two of them older than AWS's price cuts. So the trail
    /// is priced twice: as if all of it were in us-east-1, which is what the labels say; and where it was, for the error a reader sees.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Prices_the_incidents_of_the_shared_corpus_as_labelled(int seed)
    {
        using var folder = new TempFolder();
        Generate(seed, folder.Path);
        var labels = Labels(folder.Path);
        var trail = LabelledTrail.In(folder.Path);
        var ids = labels.SelectMany(label => label.EventIds).ToHashSet();

        var (atHome, _) = trail.MovedTo("us-east-1").Take();
        var (where, _) = trail.Take();
        var errors = Errors(labels, id => atHome.TryGetValue(id, out var e) ? e.UsdPerHour ?? 0 : 0);
        var raw = Errors(labels, id => where.TryGetValue(id, out var e) ? e.UsdPerHour ?? 0 : 0);
        output.WriteLine($"median error {Median(errors):P2} at the labels' own us-east-1 prices, {Median(raw):P2} with the prices of the regions");

        Assert.True(Median(errors) <= 0.02, $"median {Median(errors):P2}");
        foreach (var (label, error) in labels.Zip(errors))
            Assert.True(error <= Tolerated(label.Scenario), $"{label.Scenario}: {error:P1}");

        // All that runs when the incidents alone are taken is what their labels add up to.
        var (_, exposure) = trail.MovedTo("us-east-1").Take(e => ids.Contains(e.EventId));
        var labelled = labels.Sum(label => label.UsdPerHour * (label.Scenario == "idle-gpu-endpoint" ? 25.251286m / 37.688m : 1));
        Assert.InRange((double)(exposure / labelled), 0.98, 1.02);
    }

    /// <summary>Where the labels are wrong, and by how much.</summary>
    private static double Tolerated(string scenario) => scenario switch
    {
        // AWS cut P4 by a third in 2025: ml.p4d.24xlarge is 25.25 USD/h now and 37.69 in the labels.
        "idle-gpu-endpoint" => 0.34,
        // The label is the rate of the new class; the bill grows by the difference to the old one, which the record tells.
        "oversized-database" => 0.03,
        _ => 0.02,
    };

    private static (decimal Exposure, decimal Labelled) Simulated(TimeSpan? cleanedUpAfter, bool without = false)
    {
        var simulation = new Simulation(seed: 7, Start, noise: 0);
        foreach (var (i, incident) in IncidentCatalogue.All.Index())
        {
            // One a scenario and account at a time: a later resize of the same database would take over from an earlier one.
            if (!without)
                simulation.Play(incident, Start.AddHours(60 + i), cleanedUpAfter);
        }

        using var folder = new TempFolder();
        simulation.Write(folder.Path, Start, Start.AddDays(4), cancellationToken: TestContext.Current.CancellationToken);
        return (LabelledTrail.In(folder.Path).Take().Exposure, simulation.Labels.Incidents.Sum(label => label.UsdPerHour));
    }

    private static List<double> Errors(IReadOnlyList<Label> labels, Func<string, decimal> rate) =>
        [.. labels.Select(label => (double)Math.Abs((label.EventIds.Sum(rate) / label.UsdPerHour) - 1))];

    private static double Median(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static List<Label> Labels(string folder)
    {
        using var file = File.OpenRead(Path.Combine(folder, "labels.json"));
        return [.. JsonElement.Parse(File.ReadAllBytes(file.Name)).GetProperty("incidents").EnumerateArray().Select(incident => new Label(
            incident.GetProperty("scenario").GetString()!, incident.GetProperty("usdPerHour").GetDecimal(),
            [.. incident.GetProperty("eventIds").EnumerateArray().Select(id => id.GetString()!)]))];
    }

    private static void Generate(int seed, string folder)
    {
        var program = Path.Combine(SharedData.Folder("corpus"), "cloudtrail_sim.py");
        string[] arguments = [program, "--seed", seed.ToString(CultureInfo.InvariantCulture), "--days", "10", "--noise", "0", "--incidents", "10", "--out", folder];
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true })!;
            python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            Assert.Equal(0, python.ExitCode);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3, which writes the corpus, is not here");
        }
    }

    private sealed record Label(string Scenario, decimal UsdPerHour, IReadOnlyList<string> EventIds);
}
