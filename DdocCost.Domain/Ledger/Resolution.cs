using DdocCost.Domain.Normalise;

namespace DdocCost.Domain.Ledger;

/// <summary>Fills in what a record only names or leaves out. What the record tells wins.</summary>
internal static class Resolution
{
    /// <summary>With what a definition says of it.</summary>
    public static ResourceChange FilledFrom(this ResourceChange change, ResourceChange definition) => change with
    {
        Size = change.Size ?? definition.Size,
        Quantity = change.Quantity * definition.Quantity,
        QuantityUntold = change.QuantityUntold && definition.QuantityUntold,
        Traits = change.Traits.Over(definition.Traits),
    };

    /// <summary>With what is known to run (or to be paused).</summary>
    public static ResourceChange FilledFrom(this ResourceChange change, RunningResource known) => change with
    {
        Size = change.Size ?? known.Size,
        // A change that tells no number leaves it as it was.
        Quantity = change.QuantityAdded is { } added ? Math.Max(0, known.Quantity + added)
            : change.QuantityUntold || change.Resumes(known) ? known.Quantity : change.Quantity,
        Traits = (change.Size is null ? change.Traits with { MultiAz = change.Traits.MultiAz || known.Traits.MultiAz } : change.Traits).Over(known.Traits),
        Owner = change.Owner ?? known.Owner,
    };

    /// <summary>A start that tells no size starts again what was there (StartInstances, ResumeCluster), all of it.</summary>
    private static bool Resumes(this ResourceChange change, RunningResource known) =>
        change.Action == ResourceAction.Start && change.Size is null && known.Size is not null;

    /// <summary>As it was before, where the record tells; else null.</summary>
    public static ResourceChange? Before(this ResourceChange change) =>
        (change.PreviousSize is null || change.PreviousSize == change.Size) && change.PreviousTraits is null ? null
        : change with { Size = change.PreviousSize ?? change.Size, Traits = change.PreviousTraits ?? change.Traits };

    /// <summary>A running resource as a change, to price it again.</summary>
    public static ResourceChange AsChange(this RunningResource known, ResourceAction action) => new()
    {
        Action = action,
        ResourceType = known.ResourceType,
        Size = known.Size,
        Quantity = known.Quantity,
        ResourceIds = [known.ResourceId],
        Traits = known.Traits,
        Owner = known.Owner,
    };

    private static ResourceTraits Over(this ResourceTraits told, ResourceTraits known) => told with
    {
        StorageGib = told.StorageGib ?? known.StorageGib,
        StorageType = told.StorageType ?? known.StorageType,
        Iops = told.Iops ?? known.Iops,
        ThroughputMibps = told.ThroughputMibps ?? known.ThroughputMibps,
        Engine = told.Engine ?? known.Engine,
        OperatingSystem = told.OperatingSystem ?? known.OperatingSystem,
        Tenancy = told.Tenancy ?? known.Tenancy,
        Spot = told.Spot || known.Spot,
        VCpu = told.VCpu ?? known.VCpu,
        MemoryGib = told.MemoryGib ?? known.MemoryGib,
        ReadCapacity = told.ReadCapacity ?? known.ReadCapacity,
        WriteCapacity = told.WriteCapacity ?? known.WriteCapacity,
        MaxHours = told.MaxHours ?? known.MaxHours,
        Variant = told.Variant ?? known.Variant,
    };
}
