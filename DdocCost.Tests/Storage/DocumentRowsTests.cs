using DdocCost.Domain;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Normalise;
using DdocCost.Domain.Storage;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DdocCost.Tests.Storage;

/// <summary>Documents of which a batch has many are read, stored and deleted by their ids, a statement each kind, at a price that does not grow with what is stored.</summary>
public sealed class DocumentRowsTests(PostgresServer postgres) : IAsyncLifetime
{
    private const int Stored = 2_000;

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly DocumentRows<SpendHour> Rows =
        new DocumentRows<SpendHour>("spend_hours", hour => hour.Id).Text("account_id", hour => hour.AccountId).Time("hour", hour => hour.Hour);

    private ServiceProvider _services = null!;
    private NpgsqlConnection _connection = null!;

    private ISerializer Serializer => _services.GetRequiredService<IDocumentStore>().Options.Serializer();

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.NewDatabaseAsync();
        _services = new ServiceCollection().AddDomain(database).BuildServiceProvider();
        _connection = new NpgsqlConnection(database);
        await _connection.OpenAsync(Cancel);
    }

    [Fact]
    public async Task Reads_what_was_stored_and_no_other_tenants()
    {
        await StoreAsync("acme", Hour(1), Hour(2), Hour(3));
        await StoreAsync("acme", Hour(2) with { Events = 7 });

        var found = await Rows.ReadAsync(_connection, Serializer, "acme", [Hour(2).Id, Hour(3).Id, Hour(4).Id], Cancel);

        Assert.Equal([Hour(2) with { Events = 7 }, Hour(3)], found.OrderBy(hour => hour.Id));
        Assert.Empty(await Rows.ReadAsync(_connection, Serializer, "other", [Hour(2).Id], Cancel));
        Assert.Empty(await Rows.ReadAsync(_connection, Serializer, "acme", [], Cancel));
    }

    [Fact]
    public async Task Deletes_these_and_no_other_tenants()
    {
        await StoreAsync("acme", Hour(1), Hour(2));
        await StoreAsync("other", Hour(1));

        await DeleteAsync("acme", Hour(1).Id, Hour(9).Id);

        Assert.Equal([Hour(2)], await Rows.ReadAsync(_connection, Serializer, "acme", [Hour(1).Id, Hour(2).Id], Cancel));
        Assert.Single(await Rows.ReadAsync(_connection, Serializer, "other", [Hour(1).Id], Cancel));
    }

    [Fact]
    public async Task Looks_at_no_others_of_a_tenant_that_the_statistics_do_not_know_yet()
    {
        SpendHour[] all = [.. Enumerable.Range(0, Stored).Select(Hour)];
        await StoreAsync("acme", all);
        await _connection.ExecuteAsync("analyze", Cancel);
        await StoreAsync("new", all);
        string[] ids = [.. all.Take(10).Select(hour => hour.Id)];

        var read = await RowsReadAsync(() => Rows.ReadAsync(_connection, Serializer, "new", ids, Cancel));
        var deleted = await RowsReadAsync(() => DeleteAsync("new", ids));

        Assert.Equal((ids.Length, ids.Length), (read, deleted));
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _services.DisposeAsync();
    }

    private static SpendHour Hour(int number) => new()
    {
        Id = $"1/ec2/role/{number:D6}",
        AccountId = "1",
        Service = "ec2",
        Actor = new Actor("role", "role", ActorKind.Automation, null),
        Hour = DateTimeOffset.UnixEpoch.AddHours(number),
        Events = 1,
    };

    private async Task<long> RowsReadAsync(Func<Task> work)
    {
        await using var transaction = await _connection.BeginTransactionAsync(Cancel);
        var before = await ReadSoFarAsync();
        await work();
        return await ReadSoFarAsync() - before;
    }

    private Task<long> ReadSoFarAsync() => _connection.ScalarAsync<long>(
        "select (seq_tup_read + idx_tup_fetch)::bigint from pg_stat_xact_user_tables where relname = 'mt_doc_spend_hours'", Cancel);

    private Task StoreAsync(string tenantId, params SpendHour[] hours) => RunAsync(batch => Rows.Store(batch, Serializer, tenantId, hours));

    private Task DeleteAsync(string tenantId, params string[] ids) => RunAsync(batch => Rows.Delete(batch, tenantId, ids));

    private async Task RunAsync(Action<NpgsqlBatch> fill)
    {
        await using var batch = _connection.CreateBatch();
        fill(batch);
        await batch.ExecuteNonQueryAsync(Cancel);
    }
}
