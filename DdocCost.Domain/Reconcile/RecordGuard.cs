using System.Text;

namespace DdocCost.Domain.Reconcile;

/// <summary>
/// Stands between a bill and the CSV reader, and passes on only what can be a record: neither longer than a bound nor with a quote that is not closed, which would
/// swallow all that follows. What is held back becomes an empty line, so that line numbers stay. A record of a bill is one line: no field of theirs may hold a line break.
/// </summary>
/// <param name="bytes">UTF-8.</param>
/// <param name="refuse">Told of each line held back: its number, from 1, and why.</param>
internal sealed class RecordGuard(Stream bytes, Action<long, string> refuse) : TextReader
{
    /// <summary>Longest line, characters.</summary>
    public const int LongestLine = 256 * 1024;

    private readonly StreamReader text = new(bytes, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024);
    private readonly StringBuilder line = new();
    private readonly char[] buffer = new char[64 * 1024];
    private int place, end;
    private int passed;
    private bool ready, over;
    private long number;

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<char> into, CancellationToken cancellationToken = default)
    {
        while (!ready)
        {
            if (over || !await NextAsync(cancellationToken))
                return 0;
        }

        var count = Math.Min(into.Length, line.Length - passed);
        line.CopyTo(passed, into.Span, count);
        passed += count;
        ready = passed < line.Length;
        return count;
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count)).AsTask();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Takes the next line, with its end.</summary>
    /// <returns>false at the end of the file.</returns>
    private async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        line.Clear();
        passed = 0;
        var (isLong, any) = (false, false);
        while (true)
        {
            if (place == end)
            {
                (place, end) = (0, await text.ReadAsync(buffer.AsMemory(), cancellationToken));
                if (end == 0)
                {
                    over = true;
                    break;
                }
            }

            any = true;
            var rest = buffer.AsSpan(place, end - place);
            var at = rest.IndexOf('\n');
            var piece = at < 0 ? rest : rest[..at];
            place += at < 0 ? piece.Length : at + 1;
            if (line.Length + piece.Length > LongestLine)
                isLong = true;
            else if (!isLong)
                line.Append(piece);
            if (at >= 0)
                break;
        }

        if (!any)
            return false;
        number++;
        Judge(isLong);
        line.Append('\n');
        return ready = true;
    }

    private void Judge(bool isLong)
    {
        if (line.Length > 0 && line[^1] == '\r')
            line.Length--;
        var problem = isLong ? $"a line of more than {LongestLine / 1024} KiB" : HasOpenQuote() ? "a quote that is not closed" : null;
        if (problem is null)
            return;
        line.Clear();
        refuse(number, problem);
    }

    private bool HasOpenQuote()
    {
        var odd = false;
        foreach (var chunk in line.GetChunks())
        {
            foreach (var c in chunk.Span)
                odd ^= c == '"';
        }

        return odd;
    }
}
