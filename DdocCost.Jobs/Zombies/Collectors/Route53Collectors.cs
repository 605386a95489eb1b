using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>Route 53: health checks, zones, and the records that refer to checks.</summary>
internal static class Route53Collectors
{
    public static readonly IReadOnlyList<Collector> All =
    [
        Collector.Of(Kinds.HealthCheck, "route53:ListHealthChecks", "HealthChecks", (aws, x) => aws.Make(x.Text("Id"))?
            .With("managed", x["LinkedService"].IsThere ? true : null)
            .With("type", x["HealthCheckConfig"].Text("Type"))
            .Linking("checks", x["HealthCheckConfig"].Texts("ChildHealthChecks"))),
        Collector.Of(Kinds.HostedZone, "route53:ListHostedZones", "HostedZones", (aws, x) => aws.Make(Short(x.Text("Id"))) is not { } made ? null
            : (made with { Name = x.Text("Name") })
                .With("records", x.Number("ResourceRecordSetCount"))
                .With("private", x["Config"].Flag("PrivateZone"))
                .With("managed", x["LinkedService"].IsThere ? true : null)),
        new(Kinds.RecordSet, Records),
    ];

    private static async IAsyncEnumerable<Resource?> Records(RegionReader aws)
    {
        await foreach (var zone in aws.Items("route53:ListHostedZones", "HostedZones"))
        {
            if (Short(zone.Text("Id")) is not { } id)
                continue;
            (string Name, object Value)[] from = [];
            while (true)
            {
                var page = await aws.AskAsync("route53:ListResourceRecordSets", "ResourceRecordSets", [("Id", id), .. from]);
                // Only records with a check matter; the others are many.
                foreach (var record in page.Items("ResourceRecordSets").Where(record => record.Text("HealthCheckId") is not null))
                    yield return aws.Make($"{id}/{record.Text("Name")}/{record.Text("Type")}/{record.Text("SetIdentifier")}")?.Linking("checks", record.Text("HealthCheckId"));
                if (page.Flag("IsTruncated") != true || page.Text("NextRecordName") is not { } name)
                    break;
                from = [("name", name), ("type", page.Text("NextRecordType") ?? "A"), .. page.Text("NextRecordIdentifier") is { } set ? [("identifier", (object)set)] : Array.Empty<(string, object)>()];
            }
        }
    }

    // /hostedzone/Z0123
    private static string? Short(string? id) => id?.Split('/')[^1];
}
