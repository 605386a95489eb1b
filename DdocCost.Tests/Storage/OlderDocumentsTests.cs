using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DdocCost.Domain.Anomalies;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Scoring;
using DdocCost.Tests.App;
using DdocCost.Tests.Support;
using Marten;
using Npgsql;
using static DdocCost.Tests.Support.TrailRecords;

namespace DdocCost.Tests.Storage;

/// <summary>
/// While an upgrade is under way two versions work on the same documents. <c>schema-1.json</c> holds what the first version stored, and is
/// never written anew: what is in it must be readable for as long as <see cref="DdocCost.Domain.Storage.SchemaStamp.OldestReader"/> says so.
/// </summary>
public sealed class OlderDocumentsTests(PostgresServer postgres)
{
    private static readonly Dictionary<string, Type> Kinds = ((Type[])
        [typeof(CostEvent), typeof(RunningResource), typeof(Baseline), typeof(AccountProfile), typeof(SpendHour), typeof(AnomalyCase)]).ToDictionary(type => type.Name);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Kept => Repository.PathOf("DdocCost.Tests", "Storage", "schema-1.json");

    [Fact]
    public async Task What_the_first_version_stored_is_read_whole_and_what_a_newer_one_adds_is_passed_over()
    {
        using var folder = new TempFolder();
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), folder.Path);
        var serializer = pipeline.Get<IDocumentStore>().Options.Serializer();
        if (!File.Exists(Kept))
        {
            await WriteAsync(pipeline, serializer);
        }

        var documents = JsonNode.Parse(await File.ReadAllTextAsync(Kept, Stop))!.AsArray();

        Assert.Equal(Kinds.Keys.Order(), documents.Select(document => (string)document!["kind"]!).Distinct().Order());
        Assert.All(documents, document =>
        {
            var stored = document!["data"]!.AsObject();
            var newer = stored.DeepClone().AsObject();
            newer["addedByANewerVersion"] = new JsonObject { ["anything"] = 1 };
            using var json = new MemoryStream(Encoding.UTF8.GetBytes(newer.ToJsonString()));

            var read = serializer.FromJson(Kinds[(string)document["kind"]!], json);

            Lost(stored, JsonNode.Parse(serializer.ToJson(read!))!, (string)document["kind"]!);
        });
    }

    /// <summary>Fails where something that was stored is not in what is stored again.</summary>
    private static void Lost(JsonNode? stored, JsonNode? again, string path)
    {
        switch (stored)
        {
            case JsonObject o:
                foreach (var (name, value) in o)
                {
                    Lost(value, again?[name], $"{path}.{name}");
                }

                break;
            case JsonArray a:
                Assert.True(again is JsonArray other && other.Count == a.Count, path);
                for (var i = 0; i < a.Count; i++)
                {
                    Lost(a[i], again![i], $"{path}[{i}]");
                }

                break;
            default:
                Assert.True(JsonNode.DeepEquals(stored, again), $"{path}: {stored} became {again}");
                break;
        }
    }

    private static async Task WriteAsync(Pipeline pipeline, ISerializer serializer)
    {
        await pipeline.TakeAsync("acme", Delivery("a", Log(RunInstance(1), RunInstance(2))));
        await pipeline.StartAsync();
        await pipeline.DrainedAsync("acme");
        var documents = new JsonArray();
        await using var connection = await pipeline.Get<NpgsqlDataSource>().OpenConnectionAsync(Stop);
        foreach (var (kind, type) in Kinds.Where(pair => pair.Value != typeof(AnomalyCase)))
        {
            var table = pipeline.Get<IDocumentStore>().Options.FindOrResolveDocumentType(type).TableName.QualifiedName;
            await using var command = new NpgsqlCommand($"select data::text from {table} order by id limit 2", connection);
            await using var rows = await command.ExecuteReaderAsync(Stop);
            while (await rows.ReadAsync(Stop))
            {
                documents.Add(new JsonObject { ["kind"] = kind, ["data"] = JsonNode.Parse(rows.GetString(0)) });
            }
        }

        documents.Add(new JsonObject { ["kind"] = nameof(AnomalyCase), ["data"] = JsonNode.Parse(serializer.ToJson(Some.Case())) });
        await File.WriteAllTextAsync(Kept, documents.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n", Stop);
    }
}
