using DdocCost.Domain.Storage;
using Npgsql;

namespace DdocCost.Jobs.Polling;

/// <summary>
/// Which sources this process reads: a session advisory lock each, all on one connection. Lose the connection and all are lost. Should two
/// processes read one source for a moment, nothing counts twice; the locks are there so that no work is done twice.
/// </summary>
internal sealed class SourceLocks(NpgsqlDataSource database) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;

    /// <summary>Makes sure that the connection is there.</summary>
    /// <returns>Whether the locks of before are still held.</returns>
    public async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        if (_connection is not null)
        {
            try
            {
                await _connection.ExecuteAsync("select 1", cancellationToken);
                return true;
            }
            catch (NpgsqlException)
            {
                await DisposeAsync();
            }
        }

        _connection = await database.OpenConnectionAsync(cancellationToken);
        return false;
    }

    /// <summary>Tries to become a source's only reader.</summary>
    public async Task<bool> TryTakeAsync(string source, CancellationToken cancellationToken) =>
        await _connection!.ScalarAsync<bool>("select pg_try_advisory_lock(hashtextextended($1, 0))", cancellationToken, "source/" + source);

    /// <summary>Gives a source up.</summary>
    public async Task ReleaseAsync(string source, CancellationToken cancellationToken) =>
        await _connection!.ExecuteAsync("select pg_advisory_unlock(hashtextextended($1, 0))", cancellationToken, "source/" + source);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }
}
