using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DdocCost.Jobs.Polling;

/// <summary>
/// Reads all sources that are configured and that no other process reads: begins when one is added or resumed, begins anew when its settings
/// change, ends when it is paused or removed.
/// </summary>
internal sealed class SourceCrew(
    NpgsqlDataSource database, IDocumentStore documents, IntakeStore store, SourceFactory factory, IOptions<PollingOptions> options,
    IOptions<SourcesOptions> folders, TimeProvider clock, ILoggerFactory logs) : BackgroundService
{
    private readonly Dictionary<(string Tenant, string Id), Reader> _readers = [];
    private readonly HashSet<(string Tenant, string Id)> _paused = [];
    private readonly SourceLocks _locks = new(database);
    private readonly ILogger _log = logs.CreateLogger<SourceCrew>();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReviewAsync(stoppingToken);
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or InvalidOperationException or Marten.Exceptions.MartenCommandException)
            {
                PollingLog.ReviewFailed(_log, error.Message);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }

            await Task.Delay(options.Value.ReviewEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_readers.Values.Select(reader => reader.StopAsync()));
        await _locks.DisposeAsync();
    }

    /// <summary>Compares what is wanted with what runs.</summary>
    private async Task ReviewAsync(CancellationToken cancellationToken)
    {
        if (!await _locks.CheckAsync(cancellationToken))
        {
            await StopWhereAsync(_ => true, release: false, cancellationToken);
        }

        var wanted = (await WantedAsync(cancellationToken)).ToDictionary(source => (source.TenantId, source.Id));
        await StopWhereAsync(
            reader => !wanted.TryGetValue(reader.Key, out var source) || source.IsPaused || source.Settings != reader.Settings || reader.Running.IsCompleted,
            release: true, cancellationToken);
        foreach (var (key, source) in wanted)
        {
            if (source.IsPaused)
            {
                await NotePauseAsync(source, cancellationToken);
            }
            else if (!_readers.ContainsKey(key) && await _locks.TryTakeAsync($"{source.TenantId}/{source.Id}", cancellationToken))
            {
                _paused.Remove(key);
                _readers[key] = Start(source, cancellationToken);
            }
        }
    }

    private Reader Start(WantedSource source, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var loop = new SourceLoop(source.TenantId, source.Make(), store, documents, options.Value, clock, _log);
        return new Reader((source.TenantId, source.Id), source.Settings, Task.Run(() => loop.RunAsync(stop.Token), CancellationToken.None), stop);
    }

    private async Task StopWhereAsync(Func<Reader, bool> isOver, bool release, CancellationToken cancellationToken)
    {
        foreach (var reader in _readers.Values.Where(isOver).ToList())
        {
            await reader.StopAsync();
            _readers.Remove(reader.Key);
            if (release)
            {
                await _locks.ReleaseAsync($"{reader.Key.Tenant}/{reader.Key.Id}", cancellationToken);
            }
        }
    }

    private async Task NotePauseAsync(WantedSource source, CancellationToken cancellationToken)
    {
        if (!_paused.Add((source.TenantId, source.Id)))
        {
            return;
        }

        await using var session = documents.LightweightSession(source.TenantId);
        var status = await session.LoadAsync<SourceStatus>(source.Id, cancellationToken) ?? new SourceStatus { Id = source.Id, CheckedAt = clock.GetUtcNow() };
        session.Store(status with { State = SourceState.Paused, Error = null, FailingSince = null, Failures = 0 });
        await session.SaveChangesAsync(cancellationToken);
    }

    private async Task<List<WantedSource>> WantedAsync(CancellationToken cancellationToken)
    {
        List<WantedSource> wanted = [.. folders.Value.Folders.Select(factory.Of)];
        foreach (var tenant in await TenantsAsync(cancellationToken))
        {
            await using var session = documents.QuerySession(tenant);
            var accounts = await session.Query<ConnectedAccount>().ToListAsync(cancellationToken);
            wanted.AddRange(accounts.SelectMany(account => factory.Of(tenant, account)));
        }

        return [.. wanted.DistinctBy(source => (source.TenantId, source.Id))];
    }

    private async Task<List<string>> TenantsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QueryAsync("select distinct tenant_id from mt_doc_connected_accounts", row => row.GetString(0), cancellationToken);
    }

    private sealed record Reader((string Tenant, string Id) Key, string Settings, Task Running, CancellationTokenSource Stop)
    {
        /// <summary>Waits until it has left what it was at.</summary>
        public async Task StopAsync()
        {
            await Stop.CancelAsync();
            await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Stop.Dispose();
        }
    }
}
