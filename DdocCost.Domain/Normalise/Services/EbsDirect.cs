using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>Snapshots written block by block. Source: EBS direct APIs reference; a CloudTrail record of StartSnapshot.</summary>
internal static class EbsDirect
{
    private const string Snapshot = "ec2:snapshot";

    public static readonly Service Service = new("ebs",
        Starts("StartSnapshot", Snapshot, (record, changes) => changes.Add(
            id: record.Response["snapshotId"].Text, traits: new ResourceTraits { StorageGib = record["volumeSize"].Amount },
            note: "at most: snapshots are billed for the blocks written")));
}
