using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// S3 directory buckets, billed by what they hold and how it is used. Source: Amazon S3 API reference; a CloudTrail record of both
/// calls.
/// </summary>
internal static class S3Express
{
    private const string Bucket = "s3:directory-bucket";

    public static readonly Service Service = new("s3express",
        Starts("CreateBucket", Bucket, "bucketName"),
        Stops("DeleteBucket", Bucket, "bucketName"));
}
