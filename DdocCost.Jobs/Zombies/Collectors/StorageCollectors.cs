using DdocCost.Domain.Normalise;
using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>Buckets, file systems, backups, images.</summary>
internal static class StorageCollectors
{
    /// <summary>Images of a repository that are read at most; the newest are wanted, but AWS lists in no order.</summary>
    private const int MostImages = 10_000;

    public static readonly IReadOnlyList<Collector> All =
    [
        new(Kinds.Bucket, Buckets),
        new(Kinds.Upload, Uploads),
        Collector.Of(Kinds.FileSystem, "efs:DescribeFileSystems", "FileSystems", (aws, x) => aws.Make(x.Text("FileSystemId"), x.Tags("Tags")) is not { } made ? null
            : (made with { Name = x.Text("Name"), Arn = x.Text("FileSystemArn"), State = x.Text("LifeCycleState"), Created = x.Time("CreationTime"), Size = x.Text("ThroughputMode"), Traits = new ResourceTraits { ThroughputMibps = x.Number("ProvisionedThroughputInMibps") } })
                .With("bytes", x["SizeInBytes"].Number("Value"))
                .With("standardBytes", x["SizeInBytes"].Number("ValueInStandard") ?? x["SizeInBytes"].Number("Value"))
                .With("infrequentBytes", x["SizeInBytes"].Number("ValueInIA") ?? 0)
                .With("archiveBytes", x["SizeInBytes"].Number("ValueInArchive") ?? 0)
                .With("mountTargets", x.Number("NumberOfMountTargets"))),
        Collector.Of(Kinds.FsxFileSystem, "fsx:DescribeFileSystems", "FileSystems", Fsx),
        Collector.Of(Kinds.FsxBackup, "fsx:DescribeBackups", "Backups", (aws, x) => aws.Make(x.Text("BackupId"), x.Tags("Tags")) is not { } made ? null
            : (made with { Arn = x.Text("ResourceARN"), State = x.Text("Lifecycle"), Created = x.Time("CreationTime") }).With("type", x.Text("Type")).With("fileSystem", x["FileSystem"].Text("FileSystemId"))),
        new(Kinds.RecoveryPoint, RecoveryPoints),
        Collector.Of(Kinds.ProtectedResource, "backup:ListProtectedResources", "Results", (aws, x) => aws.Make(x.Text("ResourceArn"))),
        new(Kinds.ContainerImage, Images),
        Collector.Of(Kinds.StorageGateway, "storagegateway:ListGateways", "Gateways", (aws, x) => aws.Make(x.Text("GatewayId")) is not { } made ? null
            : made with { Name = x.Text("GatewayName"), Arn = x.Text("GatewayARN"), State = x.Text("GatewayOperationalState") ?? "active" }),
        new(Kinds.ArtifactDomain, ArtifactDomains),
    ];

    private static async IAsyncEnumerable<Resource?> Buckets(RegionReader aws)
    {
        await foreach (var bucket in OfRegion(aws))
            yield return aws.Make(bucket.Text("Name")) is { } made ? made with { Created = bucket.Time("CreationDate") } : null;
    }

    private static async IAsyncEnumerable<Resource?> Uploads(RegionReader aws)
    {
        await foreach (var bucket in OfRegion(aws))
        {
            if (bucket.Text("Name") is not { } name)
                continue;
            foreach (var (element, x) in (await aws.BucketAsync("s3:ListMultipartUploads", "ListMultipartUploadsResult", name)).Members)
            {
                if (element == "Upload" && aws.Make(x.Text("UploadId")) is { } made)
                    yield return (made with { Name = x.Text("Key"), Created = x.Time("Initiated") }).With("bucket", name).With("key", x.Text("Key"));
            }
        }
    }

    /// <summary>Buckets of the region: S3 is asked for those, and where it answers all the same, each bucket is asked where it is.</summary>
    private static async IAsyncEnumerable<Wire> OfRegion(RegionReader aws)
    {
        await foreach (var bucket in aws.Items("s3:ListBuckets", "Buckets", ("bucket-region", aws.Region), ("max-buckets", 1000)))
        {
            // An empty location is us-east-1, "EU" is eu-west-1. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
            if (bucket.Text("Name") is { } name
                && (bucket.Text("BucketRegion") ?? (await aws.BucketAsync("s3:GetBucketLocation", "LocationConstraint", name)).Value switch { null => "us-east-1", "EU" => "eu-west-1", var told => told }) == aws.Region)
            {
                yield return bucket;
            }
        }
    }

    private static Resource? Fsx(RegionReader aws, Wire x)
    {
        var type = x.Text("FileSystemType")?.ToLowerInvariant();
        var settings = x[type switch { "windows" => "WindowsConfiguration", "ontap" => "OntapConfiguration", "openzfs" => "OpenZFSConfiguration", _ => "LustreConfiguration" }];
        return aws.Make(x.Text("FileSystemId"), x.Tags("Tags")) is not { } made ? null : (made with
        {
            Name = x.Tags("Tags").GetValueOrDefault("Name"),
            Arn = x.Text("ResourceARN"),
            State = x.Text("Lifecycle"),
            Created = x.Time("CreationTime"),
            Size = type,
            Traits = new ResourceTraits
            {
                StorageGib = x.Number("StorageCapacity"),
                StorageType = x.Text("StorageType")?.ToLowerInvariant(),
                ThroughputMibps = settings.Number("ThroughputCapacity") ?? settings.Number("PerUnitStorageThroughput"),
                MultiAz = settings.Text("DeploymentType")?.StartsWith("MULTI_AZ", StringComparison.Ordinal) == true,
                Variant = settings.Text("DeploymentType")?.ToLowerInvariant(),
            },
        }).Linking("directories", settings.Text("ActiveDirectoryId"));
    }

    private static async IAsyncEnumerable<Resource?> RecoveryPoints(RegionReader aws)
    {
        await foreach (var vault in aws.Items("backup:ListBackupVaults", "BackupVaultList"))
        {
            if (vault.Text("BackupVaultName") is not { } name)
                continue;
            await foreach (var x in aws.Items("backup:ListRecoveryPointsByBackupVault", "RecoveryPoints", ("vault", name)))
            {
                if (aws.Make(x.Text("RecoveryPointArn")) is { } made)
                {
                    yield return (made with { Arn = made.Id, State = x.Text("Status"), Created = x.Time("CreationDate") })
                        .With("vault", name).With("locked", vault.Flag("Locked")).With("bytes", x.Number("BackupSizeInBytes")).With("source", x.Text("ResourceArn"));
                }
            }
        }
    }

    private static async IAsyncEnumerable<Resource?> Images(RegionReader aws)
    {
        await foreach (var repository in aws.Items("ecr:DescribeRepositories", "repositories"))
        {
            if (repository.Text("repositoryName") is not { } name)
                continue;
            var uri = repository.Text("repositoryUri") ?? name;
            var images = await aws.Items("ecr:DescribeImages", "imageDetails", ("repositoryName", name)).Take(MostImages).ToListAsync(aws.Stop);
            var hasIndex = images.Any(IsIndex);
            var newest = images.Max(image => image.Time("imagePushedAt"));
            foreach (var x in images)
            {
                if (x.Text("imageDigest") is not { } digest)
                    continue;
                var tags = x.Texts("imageTags").ToList();
                yield return (aws.Make($"{name}@{digest}")! with { Name = tags.Count > 0 ? $"{name}:{tags[0]}" : null, Created = x.Time("imagePushedAt") })
                    .With("repository", name).With("digest", digest).With("bytes", x.Number("imageSizeInBytes")).With("lastPulled", x.Time("lastRecordedPullTime"))
                    .With("newest", x.Time("imagePushedAt") == newest ? true : null)
                    .With("index", IsIndex(x) ? true : null).With("besideIndex", hasIndex && tags.Count == 0 ? true : null)
                    .Linking("tags", tags)
                    .Linking("names", tags.Select(tag => $"{uri}:{tag}").Append($"{uri}@{digest}"));
            }
        }
    }

    private static bool IsIndex(Wire image) =>
        image.Text("imageManifestMediaType") is { } type && (type.Contains("manifest.list", StringComparison.Ordinal) || type.Contains("image.index", StringComparison.Ordinal));

    private static async IAsyncEnumerable<Resource?> ArtifactDomains(RegionReader aws)
    {
        await foreach (var listed in aws.Items("codeartifact:ListDomains", "domains"))
        {
            if (listed.Text("name") is not { } name || (listed.Text("owner") ?? aws.AccountId) != aws.AccountId)
                continue;
            var x = await aws.PartAsync("codeartifact:DescribeDomain", "domain", ("domain", name));
            yield return (aws.Make(name)! with { Arn = x.Text("arn"), State = x.Text("status"), Created = x.Time("createdTime") })
                .With("repositories", x.Number("repositoryCount")).With("bytes", x.Number("assetSizeBytes"));
        }
    }
}
