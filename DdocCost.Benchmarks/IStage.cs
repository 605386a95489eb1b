namespace DdocCost.Benchmarks;

/// <summary>Something to measure over the files.</summary>
internal interface IStage
{
    /// <summary>What the table calls it.</summary>
    string Name { get; }

    /// <summary>Goes through all files once.</summary>
    Measurement Run(string[] files);
}

/// <summary>One run of a stage.</summary>
/// <param name="Seconds">Processor time, user and system. On a core of its own that is the time on the clock.</param>
/// <param name="Records">Records seen, 0 where the stage knows none.</param>
/// <param name="Bytes">Uncompressed bytes, 0 where the stage does not know.</param>
/// <param name="Allocated">Bytes allocated on the heap.</param>
internal sealed record Measurement(double Seconds, long Records, long Bytes, long Allocated);
