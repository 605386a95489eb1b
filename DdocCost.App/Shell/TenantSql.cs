using Npgsql;

namespace DdocCost.App.Shell;

/// <summary>
/// Runs what LINQ cannot say (sums by group) in SQL. Every statement must name <c>@tenant</c>, and one about accounts <c>@seen</c>, which stands for the accounts
/// that are seen, by their column <c>account_id</c>; both are held to it here.
/// </summary>
internal sealed class TenantSql(NpgsqlDataSource source)
{
    /// <summary>Reads rows about accounts.</summary>
    /// <param name="sight">Who looks.</param>
    /// <param name="sql">With <c>tenant_id = @tenant</c>, <c>@seen</c> as a condition, and the named parameters.</param>
    /// <param name="read">Makes a row.</param>
    /// <param name="parameters">Named values.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The statement does not name the tenant, or not what is seen.</exception>
    public Task<List<T>> RowsAsync<T>(Sight sight, string sql, Func<NpgsqlDataReader, T> read, IReadOnlyDictionary<string, object> parameters, CancellationToken cancellationToken)
    {
        if (!sql.Contains("@seen", StringComparison.Ordinal))
        {
            throw new ArgumentException("A statement about accounts must say @seen.", nameof(sql));
        }

        // No condition at all for those who see everything, so that plans stay as they are.
        return ReadAsync(sight.TenantId, sql.Replace("@seen", sight.SeesAll ? "true" : "account_id = any(@accounts)", StringComparison.Ordinal), sight.Accounts, read, parameters, cancellationToken);
    }

    /// <summary>Reads rows that belong to the tenant as a whole and tell nothing of an account.</summary>
    /// <param name="tenantId">Whose rows.</param>
    /// <param name="sql">With <c>tenant_id = @tenant</c> and the named parameters.</param>
    /// <param name="read">Makes a row.</param>
    /// <param name="parameters">Named values.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The statement does not name the tenant.</exception>
    public Task<List<T>> OfTenantAsync<T>(string tenantId, string sql, Func<NpgsqlDataReader, T> read, IReadOnlyDictionary<string, object> parameters, CancellationToken cancellationToken) =>
        ReadAsync(tenantId, sql, [], read, parameters, cancellationToken);

    private async Task<List<T>> ReadAsync<T>(
        string tenantId, string sql, string[] accounts, Func<NpgsqlDataReader, T> read, IReadOnlyDictionary<string, object> parameters, CancellationToken cancellationToken)
    {
        if (!sql.Contains("tenant_id = @tenant", StringComparison.Ordinal))
        {
            throw new ArgumentException("A statement must be about one tenant.", nameof(sql));
        }

        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue("tenant", tenantId);
        if (sql.Contains("@accounts", StringComparison.Ordinal))
        {
            command.Parameters.AddWithValue("accounts", accounts);
        }

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
