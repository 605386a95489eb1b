using System.ComponentModel;
using Marten;
using Marten.Linq.MatchesSql;
using Microsoft.AspNetCore.Mvc;

namespace DdocCost.App.Api;

/// <summary>A part of a list.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Next">Pass it as <c>cursor</c> for the rows after these; null at the end.</param>
internal sealed record Slice<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Which part of a list is asked for.</summary>
internal readonly record struct SliceQuery(
    [property: FromQuery(Name = "cursor"), Description("Goes on after an earlier answer: its next.")] string? CursorText,
    [property: FromQuery(Name = "limit"), Description("Rows, 1 to 500; 50 where left out.")] int? Limit)
{
    private const int Usual = 50;
    private const int Most = 500;

    /// <summary>Rows asked for, within bounds.</summary>
    public int Rows => Math.Clamp(Limit ?? Usual, 1, Most);

    /// <summary>Reads rows newest first: by a time column and the id, both descending.</summary>
    /// <param name="rows">Filtered, not ordered.</param>
    /// <param name="column">The time in SQL, an expression of ours such as <c>d.time</c>.</param>
    /// <param name="keyOf">Time and id of a row.</param>
    /// <param name="view">What a client sees of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ApiException">The cursor is not one of ours.</exception>
    public async Task<Slice<TView>> ReadAsync<T, TView>(
        IQueryable<T> rows, string column, Func<T, (DateTimeOffset At, object Id)> keyOf, Func<T, TView> view, CancellationToken cancellationToken)
        where T : notnull
    {
        if (Read() is { } cursor)
        {
            object id = typeof(T).GetProperty("Id")!.PropertyType == typeof(Guid)
                ? Guid.TryParse(cursor.Id, out var guid) ? guid : throw NotOurs()
                : cursor.Id;
            rows = rows.Where(row => row.MatchesSql($"({column}, d.id) < (?, ?)", cursor.At, id));
        }

        var read = await rows.OrderBySql($"{column} desc, d.id desc").Take(Rows + 1).ToListAsync(cancellationToken);
        return Of(read, keyOf, view);
    }

    /// <summary>Makes a slice of rows of which one more than <see cref="Rows"/> was read.</summary>
    public Slice<TView> Of<T, TView>(IReadOnlyList<T> read, Func<T, (DateTimeOffset At, object Id)> keyOf, Func<T, TView> view)
    {
        var items = read.Take(Rows).ToList();
        var next = read.Count > Rows ? new Cursor(keyOf(items[^1]).At, keyOf(items[^1]).Id.ToString()!).ToString() : null;
        return new Slice<TView>([.. items.Select(view)], next);
    }

    /// <summary>The cursor, or null at the beginning.</summary>
    /// <exception cref="ApiException">It is not one of ours.</exception>
    public Cursor? Read() => string.IsNullOrEmpty(CursorText) ? null : Cursor.TryParse(CursorText, out var cursor) ? cursor : throw NotOurs();

    private static ApiException NotOurs() => ApiException.Invalid("cursor", "It is not a cursor of this list. Begin again without one.");
}
