using System.Text.Json;

namespace DdocCost.Tests.Support.AwsEmulator;

/// <summary>What one emulated account holds: entries of lists by region and call, single answers, and the daily values of metrics.</summary>
/// <param name="id">12 digits.</param>
/// <param name="regions">Enabled regions.</param>
public sealed class EmulatedAccount(string id, IReadOnlyList<string> regions)
{
    private readonly Dictionary<(string Region, string Call), (string Path, List<string> Entries)> lists = [];
    private readonly Dictionary<(string Region, string Call), Func<EmulatedCall, string?>> singles = [];
    private readonly Dictionary<(string Region, string Metric, string Dimensions), Func<int, double?>> metrics = [];

    /// <summary>12 digits.</summary>
    public string Id => id;

    /// <summary>Id of its access key.</summary>
    public string AccessKeyId => $"AKIA{id}";

    /// <summary>Enabled regions.</summary>
    public IReadOnlyList<string> Regions => regions;

    /// <summary>Adds an entry to a list.</summary>
    /// <param name="region">Region.</param>
    /// <param name="call"><c>service:Operation</c>; for REST <c>service:/path</c>.</param>
    /// <param name="path">The list's member; for XML with the element of its entries behind a slash where that is neither <c>item</c> nor <c>member</c>.</param>
    /// <param name="entry">XML within the entry, or JSON.</param>
    public EmulatedAccount Has(string region, string call, string path, string entry)
    {
        lock (lists)
        {
            if (!lists.TryGetValue((region, call), out var list))
                lists[(region, call)] = list = (path, []);
            list.Entries.Add(entry);
        }

        return this;
    }

    /// <summary>Adds an entry to a JSON list.</summary>
    public EmulatedAccount Has(string region, string call, string path, object entry) => Has(region, call, path, JsonSerializer.Serialize(entry));

    /// <summary>Answers a call as a whole.</summary>
    public EmulatedAccount Answers(string region, string call, Func<EmulatedCall, string?> answer)
    {
        lock (singles)
            singles[(region, call)] = answer;
        return this;
    }

    /// <summary>Gives a metric its daily values.</summary>
    /// <param name="region">Region.</param>
    /// <param name="metric"><c>Namespace/Name</c>.</param>
    /// <param name="dimensions"><c>Name=value</c>, with commas between.</param>
    /// <param name="value">Of the day so many days before yesterday; null for none.</param>
    public EmulatedAccount Measures(string region, string metric, string dimensions, Func<int, double?> value)
    {
        lock (metrics)
            metrics[(region, metric, string.Join(',', dimensions.Split(',').Order(StringComparer.Ordinal)))] = value;
        return this;
    }

    /// <summary>Takes away what a list holds.</summary>
    public void Empty(string region, string call)
    {
        lock (lists)
        {
            if (lists.TryGetValue((region, call), out var list))
                list.Entries.Clear();
        }
    }

    internal (string Path, IReadOnlyList<string> Entries) Entries(EmulatedCall call)
    {
        lock (lists)
            return lists.TryGetValue((call.Region, call.Name), out var list) ? (list.Path, [.. list.Entries]) : ("", []);
    }

    internal string? Single(EmulatedCall call)
    {
        lock (singles)
            return singles.TryGetValue((call.Region, call.Name), out var answer) ? answer(call) : null;
    }

    internal Func<int, double?>? Metric(string region, string metric, string dimensions)
    {
        lock (metrics)
            return metrics.GetValueOrDefault((region, metric, dimensions));
    }
}
