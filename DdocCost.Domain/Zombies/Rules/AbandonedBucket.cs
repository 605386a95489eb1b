namespace DdocCost.Domain.Zombies.Rules;

/// <summary>S3 bucket that nobody asks.</summary>
internal static class AbandonedBucket
{
    public static readonly ZombieRule Rule = new()
    {
        Id = "S3-05",
        Title = "S3 bucket that nobody asks",
        Class = ZombieClass.Idle,
        Kind = Kinds.Bucket,
        Criterion = "It holds more than {gigabytes} GB, its request metrics are on, and nobody asked it for anything in the last {days} days.",
        Window = Threshold.Days(32, 14, 63),
        Limits = [new("gigabytes", 1, 0, 1000000, "GB")],
        Metrics =
        [
            new("bytes", "AWS/S3", "BucketSizeBytes", Statistic.Average, "BucketName={id},StorageType=StandardStorage") { Unit = "bytes" },
            new("requests", "AWS/S3", "AllRequests", Statistic.Sum, "BucketName={id},FilterId=EntireBucket") { Unit = "requests" },
        ],
        Sureness = Sureness.Low,
        SavingInWords = "its standard storage at list price",
        Saves = bucket => bucket.Mean("bytes") is { Missing: null } bytes ? bucket.Price("s3", "standard first 50TB", bytes.Value / 1_073_741_824) : Saving.Unpriced("its size is not known"),
        Traps =
        [
            "Archives and backups look abandoned: sureness is low, a keep tag says so.",
            "Request metrics are opt-in: without them it says that there is not enough data, never that nobody asked.",
            "Legal hold and object lock keep what is in it.",
        ],
        Source = "OptScale (7 days of billed requests), here by request metrics",
        Remedies =
        [
            Remedy.Keep("Move it to a colder class: see what lifecycle it has", "s3api get-bucket-lifecycle-configuration --bucket {id}"),
            new("Delete the bucket when it is empty", "s3api delete-bucket --bucket {id}", "The bucket's name, for good; it must be emptied first."),
        ],
        Terraform = "aws_s3_bucket",
        Judge = bucket => bucket.Mean("bytes") > bucket.Limit("gigabytes") * 1_000_000_000 & bucket.Nothing("requests"),
    };
}
