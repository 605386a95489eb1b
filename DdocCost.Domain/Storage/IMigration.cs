using Npgsql;

namespace DdocCost.Domain.Storage;

/// <summary>Brings one part of the database to what this version needs. Repeating it changes nothing; it only ever adds.</summary>
public interface IMigration
{
    /// <summary>What it takes care of, for a person: <c>documents</c>, <c>queue</c>.</summary>
    string Name { get; }

    /// <summary>Applies it. Only one process does so at a time.</summary>
    /// <param name="connection">Open, and holding the lock that keeps others out.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What is there now, for a person, in a few words.</returns>
    Task<string> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken);
}
