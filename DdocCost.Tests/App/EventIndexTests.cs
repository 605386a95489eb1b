using DdocCost.App.Events;
using DdocCost.Domain.Storage;
using DdocCost.Tests.Support;
using Marten;
using Marten.Linq;
using Npgsql;

namespace DdocCost.Tests.App;

/// <summary>Years of cost events lie behind a list of the few that a filter lets through: it must not read them all.</summary>
public sealed class EventIndexTests(PostgresServer postgres)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_index_copies_half_an_event_to_look_at_one_member()
    {
        await using var connection = new NpgsqlConnection(await postgres.NewDatabaseAsync());
        await connection.OpenAsync(Stop);

        // A chain of -> copies what is below each of its links, which was two fifths of what it took to store an event.
        Assert.Empty(await connection.QueryAsync("select indexdef from pg_indexes where tablename = 'mt_doc_cost_events' and indexdef like '%->%'", row => row.GetString(0), Stop));
    }

    [Theory]
    [InlineData("actor", null, "role/Deploy", "all")]
    [InlineData("unpriced", null, null, "unpriced")]
    [InlineData("refused", null, null, "refused")]
    [InlineData("alerted", "111122223333", null, "alerted")]
    public async Task A_filter_that_few_events_pass_has_an_index_that_its_query_can_use(string index, string? account, string? actor, string show)
    {
        using var folder = new TempFolder();
        await using var pipeline = new Pipeline(await postgres.NewDatabaseAsync(), folder.Path);
        await using var session = pipeline.Get<IDocumentStore>().QuerySession("acme");
        var query = EventReader.Matching(session, EventFilter.Of(account, null, actor, show, null)).OrderByDescending(e => e.Time).Take(50);

        using var command = query.ToCommand();
        command.CommandText = "explain " + command.CommandText;
        await using var connection = await pipeline.Get<NpgsqlDataSource>().OpenConnectionAsync(Stop);
        await connection.ExecuteAsync("set enable_seqscan = off; set enable_sort = off", Stop); // nothing is in it yet
        command.Connection = connection;
        var plan = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(Stop))
        {
            while (await reader.ReadAsync(Stop))
            {
                plan.Add(reader.GetString(0));
            }
        }

        // Each month has the table's indexes under names of its own; what they are on tells them apart.
        var wanted = await connection.ScalarAsync<string>(
            $"""
            select string_agg(inhrelid::regclass::text, ',') from pg_inherits where inhparent = 'mt_doc_cost_events_idx_{index}'::regclass
            """, Stop);
        Assert.Contains(wanted!.Split(','), name => plan.Any(line => line.Contains(name, StringComparison.Ordinal)));
    }
}
