namespace DdocCost.Domain.Undo;

/// <summary>OpenSearch. A part of a domain (its masters) is <c>domain/part</c>.</summary>
internal static class OpenSearchUndo
{
    /// <summary>Domains.</summary>
    public static IEnumerable<UndoCommand> Domains(UndoTarget target) =>
    [
        (target with { Resources = [.. target.Resources.Select(resource => resource with { ResourceId = resource.ResourceId.Split('/')[0] })] }).Each(
            "Delete {domain|domains}", "The domain, its data and its automatic snapshots, for good. Take a manual snapshot before.",
            id => new AwsCall("opensearch", "delete-domain", target.Region).With("--domain-name", id)),
    ];
}
