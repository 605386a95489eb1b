using System.Text.Json;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Pricing;
using DdocCost.Jobs.Demo;
using DdocCost.Jobs.Demo.Incidents;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Ledger;

public sealed class RebuildTests(PostgresServer postgres) : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_ledger_rebuilt_from_the_records_is_what_the_durable_pipeline_stored()
    {
        var simulation = new Simulation(seed: 5, Start, noise: 0);
        foreach (var (i, incident) in IncidentCatalogue.All.Index())
            simulation.Play(incident, Start.AddHours(10 + i), i % 2 == 0 ? TimeSpan.FromHours(6) : null);
        simulation.Write(folder["trail"], Start, Start.AddDays(2), cancellationToken: Stop);
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), folder["archive"]);
        var deliveries = Directory.EnumerateFiles(folder["trail"], "*.json.gz", SearchOption.AllDirectories).OrderBy(Stamp, StringComparer.Ordinal)
            .Select(path => new Delivery(path, Start, () => File.OpenRead(path))).ToArray();
        foreach (var some in deliveries.Chunk(40))
            await pipeline.TakeAsync("acme", some);
        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");

        var rebuilt = LabelledTrail.In(folder["trail"]).Ledgers().SelectMany(ledger => ledger.Running.Values);

        var stored = await pipeline.DocumentsAsync<RunningResource>("acme");
        Assert.True(stored.Count > 50);
        Assert.Equal(Lines(rebuilt), Lines(stored));
        // The book that priced them has nothing new to say of any.
        Assert.All(stored, resource => Assert.Null(RepricedRecord.Move(resource, PriceBook.Embedded)));
    }

    private static string Lines(IEnumerable<RunningResource> resources) =>
        string.Join('\n', resources.Select(resource => JsonSerializer.Serialize(resource)).Order(StringComparer.Ordinal));

    // …_CloudTrail_eu-west-1_20260907T0100Z_….json.gz
    private static string Stamp(string path) => Path.GetFileName(path).Split('_')[3];
}
