using System.Globalization;
using System.Runtime.CompilerServices;
using DdocCost.Domain.Reconcile;
using Parquet;
using Parquet.Schema;

namespace DdocCost.Jobs.Reconcile;

/// <summary>
/// Reads Parquet, a row group at a time and of that the wanted columns only, so memory grows with the largest row group and not with the file. What
/// comes from the network lies in a temporary file meanwhile: Parquet tells at its end where its columns are.
/// </summary>
internal sealed class ParquetBill : IColumnarBill
{
    /// <summary>More rows in one group than anybody writes: they would have to be in memory all at once.</summary>
    private const long MostInAGroup = 4_000_000;

    public async IAsyncEnumerable<string[]> ReadAsync(Stream content, Func<string, bool> wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        await content.CopyToAsync(file, cancellationToken);
        file.Position = 0;
        await using var reader = await Guarded(() => ParquetReader.CreateAsync(file, leaveStreamOpen: true, cancellationToken: cancellationToken));
        // What is nested (tags, cost categories) is nothing that is compared.
        var fields = reader.Schema.Fields.OfType<DataField>().Where(field => !field.IsArray && wanted(field.Name)).ToList();
        yield return [.. fields.Select(field => field.Name)];
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            if (group.RowCount is < 0 or > MostInAGroup)
                throw new BillUnreadableException($"A row group of {group.RowCount} rows: at most {MostInAGroup} are read at once.");
            var columns = new List<Func<int, string>>();
            foreach (var field in fields)
                columns.Add(await Guarded(() => ColumnAsync(group, field, cancellationToken)));
            for (var row = 0; row < group.RowCount; row++)
                yield return [.. columns.Select(column => column(row))];
        }
    }

    private static async Task<Func<int, string>> ColumnAsync(ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken)
    {
        if (field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>)) // the latter is how this version tells texts
        {
            var texts = new string?[group.RowCount];
            await group.ReadAsync(field, texts.AsMemory()!, null, cancellationToken);
            return row => texts[row] ?? "";
        }

        return field.ClrType switch
        {
            var type when type == typeof(double) => await ValuesAsync<double>(group, field, value => value.ToString("R", CultureInfo.InvariantCulture), cancellationToken),
            var type when type == typeof(float) => await ValuesAsync<float>(group, field, value => value.ToString("R", CultureInfo.InvariantCulture), cancellationToken),
            var type when type == typeof(decimal) => await ValuesAsync<decimal>(group, field, value => value.ToString(CultureInfo.InvariantCulture), cancellationToken),
            var type when type == typeof(int) => await ValuesAsync<int>(group, field, value => value.ToString(CultureInfo.InvariantCulture), cancellationToken),
            var type when type == typeof(long) => await ValuesAsync<long>(group, field, value => value.ToString(CultureInfo.InvariantCulture), cancellationToken),
            var type when type == typeof(DateTime) => await ValuesAsync<DateTime>(
                group, field, value => value.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), cancellationToken), // Parquet's times are UTC
            var type when type == typeof(DateOnly) => await ValuesAsync<DateOnly>(group, field, value => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), cancellationToken),
            var type when type == typeof(bool) => await ValuesAsync<bool>(group, field, value => value ? "true" : "false", cancellationToken),
            _ => throw new BillUnreadableException($"The column {field.Name} holds {field.ClrType.Name}, which no bill of AWS does."),
        };
    }

    private static async Task<Func<int, string>> ValuesAsync<T>(ParquetRowGroupReader group, DataField field, Func<T, string> write, CancellationToken cancellationToken)
        where T : struct
    {
        if (field.IsNullable)
        {
            var some = new T?[group.RowCount];
            await group.ReadAsync(field, some.AsMemory(), null, cancellationToken);
            return row => some[row] is { } value ? write(value) : "";
        }

        var all = new T[group.RowCount];
        await group.ReadAsync(field, all.AsMemory(), null, cancellationToken);
        return row => write(all[row]);
    }

    // The file lies here already: whatever its reader throws is the file's fault.
    private static async Task<T> Guarded<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception error) when (error is not (OperationCanceledException or BillUnreadableException))
        {
            throw new BillUnreadableException($"The Parquet file is damaged: {error.Message}");
        }
    }
}
