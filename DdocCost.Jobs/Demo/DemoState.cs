using System.Text.Json;

namespace DdocCost.Jobs.Demo;

/// <summary>What must be kept to take up a demo's trail after a restart: the simulation can be lived again from it.</summary>
public sealed record DemoState
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Seed of the simulation.</summary>
    public required ulong Seed { get; init; }

    /// <summary>First day of the simulation, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Calls that cost nothing, for each that may.</summary>
    public required double Noise { get; init; }

    /// <summary>Everything before this moment is written, UTC.</summary>
    public required DateTimeOffset WrittenUntil { get; init; }

    /// <summary>The incidents of the history, then the live ones.</summary>
    public required IReadOnlyList<DemoIncident> Incidents { get; init; }

    /// <summary>How many of them are live ones.</summary>
    public int LiveIncidents { get; init; }

    /// <summary>Reads the state.</summary>
    /// <returns>null where there is no such file: the demo has not begun.</returns>
    public static DemoState? Load(string path) => File.Exists(path) ? JsonSerializer.Deserialize<DemoState>(File.ReadAllText(path), Json) : null;

    /// <summary>Writes the state, whole or not at all.</summary>
    public void Save(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, Json));
        File.Move(path + ".new", path, overwrite: true);
    }
}

/// <summary>An incident by the name of its scenario.</summary>
public sealed record DemoIncident(string Scenario, DateTimeOffset At, TimeSpan? CleanUpAfter);
