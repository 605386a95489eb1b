using System.Linq.Expressions;
using Marten;
using Weasel.Postgresql.Tables;

namespace DdocCost.Domain.Storage;

/// <summary>Columns beside a document's JSON.</summary>
public static class DocumentColumns
{
    /// <summary>Keeps a member as a column too, with the index that serves the queries on it.</summary>
    /// <param name="document">The document's mapping.</param>
    /// <param name="member">The member.</param>
    /// <param name="index">Columns of the index behind the tenant, such as <c>account_id, time</c>.</param>
    /// <param name="where">Which rows it holds, or null for all.</param>
    /// <remarks>Marten's own choice would be an index on the column alone; every query here is of one tenant.</remarks>
    public static MartenRegistry.DocumentMappingExpression<T> Column<T>(
        this MartenRegistry.DocumentMappingExpression<T> document, Expression<Func<T, object?>> member, string index, string? where = null) =>
        document.Duplicate(member, partOfPrimaryKey: false, configure: definition =>
        {
            definition.Mask = $"tenant_id, {index}"; // the whole list, in place of the one column
            definition.Predicate = where;
        });

    /// <summary>Keeps a member that only ever grows as a column too, with an index of ranges: nearly free, for retention.</summary>
    public static MartenRegistry.DocumentMappingExpression<T> GrowingColumn<T>(
        this MartenRegistry.DocumentMappingExpression<T> document, Expression<Func<T, object?>> member) =>
        document.Duplicate(member, partOfPrimaryKey: false, configure: definition => definition.Method = IndexMethod.brin);

    /// <summary>Drops Marten's own version and time of change from a kind of document that is written very often and has one writer.</summary>
    public static MartenRegistry.DocumentMappingExpression<T> Lean<T>(this MartenRegistry.DocumentMappingExpression<T> document) =>
        document.Metadata(metadata => metadata.DisableInformationalFields());
}
