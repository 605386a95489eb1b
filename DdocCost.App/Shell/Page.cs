namespace DdocCost.App.Shell;

/// <summary>One page of a list. Read one row more than shown to know whether there are more: counting all of a large table is not worth a number.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Number">From 1.</param>
/// <param name="HasMore">Whether another page follows.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Number, bool HasMore);

/// <summary>Makes pages.</summary>
public static class Page
{
    /// <summary>Rows a page.</summary>
    public const int Size = 50;

    /// <summary>Rows to skip for a page.</summary>
    public static int Skip(int number) => (Clamp(number) - 1) * Size;

    /// <summary>From rows of which one more than <see cref="Size"/> was asked for.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> rows, int number) => new([.. rows.Take(Size)], Clamp(number), rows.Count > Size);

    // The address is anybody's to write; skipping is linear in the database.
    private static int Clamp(int number) => Math.Clamp(number, 1, 1000);
}
