namespace DdocCost.Jobs;

/// <summary>Where files are kept. Configuration section <c>Data</c>; <c>Archive:Folder</c> overrides where the archive lies.</summary>
public sealed class DataOptions
{
    /// <summary>Folder for what this installation keeps in files.</summary>
    /// <value>Default <c>.data</c> in the working directory.</value>
    public string Folder { get; set; } = ".data";
}
