using Npgsql;

namespace DdocCost.App.Shell;

/// <summary>Runs what LINQ cannot say (sums by group) in SQL. Every statement must name <c>@tenant</c>; a test holds the queries to it.</summary>
internal sealed class TenantSql(NpgsqlDataSource source)
{
    /// <summary>Reads rows.</summary>
    /// <param name="tenantId">Whose rows.</param>
    /// <param name="sql">With <c>@tenant</c> and the named parameters.</param>
    /// <param name="read">Makes a row.</param>
    /// <param name="parameters">Named values.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The statement does not name the tenant.</exception>
    public async Task<List<T>> RowsAsync<T>(string tenantId, string sql, Func<NpgsqlDataReader, T> read, IReadOnlyDictionary<string, object> parameters, CancellationToken cancellationToken)
    {
        if (!sql.Contains("tenant_id = @tenant", StringComparison.Ordinal))
        {
            throw new ArgumentException("A statement must be about one tenant.", nameof(sql));
        }

        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue("tenant", tenantId);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
