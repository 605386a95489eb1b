using System.ComponentModel.DataAnnotations;

namespace DdocCost.Jobs.Polling;

/// <summary>Where deliveries come from. Configuration section <c>Sources</c>.</summary>
public sealed class SourcesOptions : IValidatableObject
{
    /// <summary>Watched folders: <c>Sources:Folders:0:Tenant</c>, <c>Sources:Folders:0:Path</c>.</summary>
    public List<WatchedFolder> Folders { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (folder, i) in Folders.Select((folder, i) => (folder, i)))
        {
            if (string.IsNullOrWhiteSpace(folder.Tenant) || string.IsNullOrWhiteSpace(folder.Path))
            {
                yield return new ValidationResult($"Sources:Folders:{i} needs both Tenant and Path.");
            }

            if (folder.Settle < TimeSpan.Zero || folder.Settle > TimeSpan.FromHours(1))
            {
                yield return new ValidationResult($"Sources:Folders:{i}:Settle must be from 0 to 1 hour.");
            }
        }
    }
}

/// <summary>A folder in which CloudTrail log files appear.</summary>
public sealed class WatchedFolder
{
    /// <summary>Whose it is.</summary>
    public string Tenant { get; set; } = "";

    /// <summary>Where it is.</summary>
    public string Path { get; set; } = "";

    /// <summary>
    /// A file is taken when it was not written to for so long. Who writes elsewhere and renames into place (as the AWS CLI does) can
    /// set 0. A file taken too early is taken again when it has grown; no record counts twice.
    /// </summary>
    /// <value>Default 2 seconds. From 0 to 1 hour.</value>
    public TimeSpan Settle { get; set; } = TimeSpan.FromSeconds(2);
}
