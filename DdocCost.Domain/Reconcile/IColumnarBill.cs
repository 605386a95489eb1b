namespace DdocCost.Domain.Reconcile;

/// <summary>Reads a bill that is laid out by columns (Apache Parquet), line by line.</summary>
public interface IColumnarBill
{
    /// <summary>First the names of the columns that are wanted and there, then each line's values of these as text: numbers and times as CSV has them, empty for none.</summary>
    /// <param name="content">The file; read once, from its beginning to its end.</param>
    /// <param name="wanted">Which columns to read, by name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="BillUnreadableException">It is damaged.</exception>
    IAsyncEnumerable<string[]> ReadAsync(Stream content, Func<string, bool> wanted, CancellationToken cancellationToken);
}
