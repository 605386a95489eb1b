using System.Globalization;

namespace DdocCost.Agent.Readers;

/// <summary>
/// What a reader has taken, as lines of a file: a name, a mark that changes with it, and when. A line lost in a crash costs a second reading,
/// which the application knows as such, so nothing waits for the disk here.
/// </summary>
internal sealed class SeenNames : IDisposable
{
    private readonly Dictionary<string, (string Mark, long Day)> _seen = [];
    private readonly StreamWriter _file;

    /// <summary>Reads what is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keep">Which names may still turn up; others are forgotten now.</param>
    public SeenNames(string path, Func<string, long, bool> keep)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            // day TAB mark TAB name
            if (line.Split('\t', 3) is [var day, var mark, { Length: > 0 } name] && long.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && keep(name, number))
            {
                _seen[name] = (mark, number);
            }
        }

        using (var compact = new StreamWriter(path + ".new"))
        {
            foreach (var (name, (mark, day)) in _seen)
            {
                compact.WriteLine($"{day}\t{mark}\t{name}");
            }
        }

        File.Move(path + ".new", path, overwrite: true);
        _file = new StreamWriter(path, append: true);
    }

    /// <summary>Whether it was taken as it is now.</summary>
    public bool Has(string name, string mark) => _seen.TryGetValue(name, out var seen) && seen.Mark == mark;

    /// <summary>Remembers what was taken.</summary>
    public void Add(IEnumerable<(string Name, string Mark)> taken)
    {
        var day = DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 86400;
        foreach (var (name, mark) in taken)
        {
            _seen[name] = (mark, day);
            _file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{day}\t{mark}\t{name}"));
        }

        _file.Flush();
    }

    public void Dispose() => _file.Dispose();
}
