using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>Secrets (never their values), keys, directories, authorities.</summary>
internal static class SecurityCollectors
{
    public static readonly IReadOnlyList<Collector> All =
    [
        Collector.Of(Kinds.Secret, "secretsmanager:ListSecrets", "SecretList", (aws, x) => aws.Make(x.Text("ARN"), x.Tags("Tags")) is not { } made ? null
            : (made with { Name = x.Text("Name"), Arn = made.Id, Created = x.Time("CreatedDate") })
                .With("lastRead", x.Time("LastAccessedDate")).With("deleted", x["DeletedDate"].IsThere ? true : null).Linking("service", x.Text("OwningService"))),
        new(Kinds.Key, Keys),
        Collector.Of(Kinds.Directory, "ds:DescribeDirectories", "DirectoryDescriptions", (aws, x) => aws.Make(x.Text("DirectoryId")) is not { } made ? null
            : (made with { Name = x.Text("Name"), State = x.Text("Stage"), Created = x.Time("LaunchTime"), Size = Size(x) })
                .With("shared", x["OwnerDirectoryDescription"].IsThere || x.Text("ShareStatus") is not null ? true : null)),
        Collector.Of(Kinds.HsmCluster, "cloudhsmv2:DescribeClusters", "Clusters", (aws, x) =>
        {
            var modules = x.Items("Hsms").Select(module => module.Text("HsmId")).OfType<string>().ToList();
            return aws.Make(x.Text("ClusterId"), x.Tags("TagList")) is not { } made ? null
                : (made with { State = x.Text("State"), Created = x.Time("CreateTimestamp"), Quantity = modules.Count }).With("module", modules.FirstOrDefault()).Linking("modules", modules);
        }),
        Collector.Of(Kinds.PrivateCa, "acm-pca:ListCertificateAuthorities", "CertificateAuthorities", (aws, x) => aws.Make(x.Text("Arn")) is not { } made ? null
            : (made with { Arn = made.Id, Name = x["CertificateAuthorityConfiguration"]["Subject"].Text("CommonName"), State = x.Text("Status"), Created = x.Time("CreatedAt"), Size = x.Text("UsageMode") == "SHORT_LIVED_CERTIFICATE" ? "short-lived" : "general-purpose" })
                .With("type", x.Text("Type"))),
        Collector.Of(Kinds.IssuedCertificate, "cloudtrail:LookupEvents", "Events", (aws, x) => aws.Make(x.Text("EventId")) is not { } made ? null
            : (made with { Created = x.Time("EventTime") }).Linking("authorities", x.Items("Resources").Select(resource => resource.Text("ResourceName"))),
            ("LookupAttributes", new[] { new { AttributeKey = "EventName", AttributeValue = "IssueCertificate" } })),
    ];

    private static async IAsyncEnumerable<Resource?> Keys(RegionReader aws)
    {
        await foreach (var listed in aws.Items("kms:ListKeys", "Keys"))
        {
            if (listed.Text("KeyId") is not { } id)
                continue;
            if (await Told(() => aws.PartAsync("kms:DescribeKey", "KeyMetadata", ("KeyId", id))) is not { } x)
                continue; // a key's own policy may shut us out of that one key
            var made = (aws.Make(id)! with { Arn = x.Text("Arn"), Name = x.Text("Description"), State = x.Text("KeyState"), Created = x.Time("CreationDate") })
                .With("manager", x.Text("KeyManager"))
                .With("replica", x["MultiRegionConfiguration"].Text("MultiRegionKeyType") == "REPLICA" ? true : null);
            if (x.Text("KeyManager") != "CUSTOMER" || x.Text("KeyState") != "Enabled")
            {
                yield return made;
                continue;
            }

            // A new operation, unknown to some regions and emulators: without it there is not enough data.
            var use = await Told(() => aws.AskAsync("kms:GetKeyLastUsage", has: null, ("KeyId", id)));
            yield return made
                .With("lastUsed", use?["KeyLastUsage"].Time("Timestamp") ?? use?.Time("LastUsageTimestamp") ?? use?.Time("LastUsedDate"))
                .With("trackedSince", use?.Time("TrackingStartDate") ?? use?["KeyLastUsage"].Time("TrackingStartDate"));
        }
    }

    private static async Task<Wire?> Told(Func<Task<Wire>> ask)
    {
        try
        {
            return await ask();
        }
        catch (AwsException refused) when (!refused.IsExpired && !refused.IsBadCredentials && !refused.IsTransient)
        {
            return null;
        }
    }

    private static string? Size(Wire directory) => directory.Text("Type") switch
    {
        "MicrosoftAD" => $"microsoft-ad {(directory.Text("Edition") == "Enterprise" ? "enterprise" : "standard")}",
        "SimpleAD" => $"simple-ad {directory.Text("Size")?.ToLowerInvariant() ?? "small"}",
        "ADConnector" => $"ad-connector {directory.Text("Size")?.ToLowerInvariant() ?? "small"}",
        _ => null,
    };
}
