using static DdocCost.Domain.Normalise.Verbs;

namespace DdocCost.Domain.Normalise.Services;

/// <summary>
/// S3 buckets and their settings, billed by what they hold and how it is used; batch jobs by number. Calls on objects are not in this
/// table: they are billed by request. Source: both Amazon S3 API references; a CloudTrail record of most calls.
/// </summary>
internal static class S3
{
    private const string Bucket = "s3:bucket";
    private const string Job = "s3:batch-job";
    private const string Access = "s3:multi-region-access-point";
    private const string Setting = "s3:bucket-setting";

    public static readonly Service Service = new("s3",
        Starts("CreateBucket", Bucket, "bucketName"),
        Stops("DeleteBucket", Bucket, "bucketName"),
        Changes("PutBucketReplication", Setting, Set),
        Changes("PutBucketVersioning", Setting, Set),
        Changes("PutBucketLifecycle", Setting, Set),
        Changes("PutBucketLifecycleConfiguration", Setting, Set),
        Changes("PutBucketAccelerateConfiguration", Setting, Set),
        Changes("PutBucketAnalyticsConfiguration", Setting, Set),
        Changes("PutBucketIntelligentTieringConfiguration", Setting, Set),
        Changes("PutBucketInventoryConfiguration", Setting, Set),
        Changes("PutBucketMetricsConfiguration", Setting, Set),
        Buys("CreateJob", Job, (record, changes) => changes.Add(id: record.Response["jobId"].Text)),
        Starts("CreateMultiRegionAccessPoint", Access, (record, changes) => changes.Add(
            id: record.Request["createMultiRegionAccessPointRequest"].Or(record.Request)["details"]["name"].Text)),
        Stops("DeleteMultiRegionAccessPoint", Access, (record, changes) => changes.Add(
            id: record.Request["deleteMultiRegionAccessPointRequest"].Or(record.Request)["details"]["name"].Text)));

    private static void Set(CloudTrailRecord record, ChangeList changes) => changes.Add(id: record.Request["bucketName"].Text);
}
