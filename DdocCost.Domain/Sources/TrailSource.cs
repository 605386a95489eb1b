using System.Text.Json.Serialization;

namespace DdocCost.Domain.Sources;

/// <summary>A way by which an account's, or an organisation's, trail reaches us. Part of a <see cref="ConnectedAccount"/>.</summary>
[JsonDerivedType(typeof(TrailBucket), "bucket")]
[JsonDerivedType(typeof(BucketNotifications), "bucket-notifications")]
[JsonDerivedType(typeof(EventQueue), "event-queue")]
[JsonDerivedType(typeof(EventLookup), "event-lookup")]
public abstract record TrailSource
{
    private TrailSource()
    {
    }

    /// <summary>Unique per account: read position and status go by it. Made of what it reads, so one that is added again goes on where it was.</summary>
    [JsonIgnore]
    public abstract string Id { get; }

    /// <summary>Paused by a person: nothing is read, and reading goes on from here when it is resumed.</summary>
    public bool IsPaused { get; init; }

    /// <summary>What kind it is, for a person.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>What it reads, for a person.</summary>
    [JsonIgnore]
    public abstract string Place { get; }

    /// <summary>A trail's S3 bucket, listed again and again.</summary>
    public sealed record TrailBucket : TrailSource
    {
        /// <summary>The bucket.</summary>
        public required string Bucket { get; init; }

        /// <summary>The bucket's region.</summary>
        public required string Region { get; init; }

        /// <summary>What comes before <c>AWSLogs/</c>, without a slash at either end; empty for nothing.</summary>
        public string Prefix { get; init; } = "";

        /// <summary>Days of history to read at first.</summary>
        public int HistoryDays { get; init; } = 30;

        /// <inheritdoc/>
        public override string Id => $"s3:{Bucket}/{Prefix}";

        /// <inheritdoc/>
        public override string Kind => "Trail bucket";

        /// <inheritdoc/>
        public override string Place => $"s3://{Bucket}/{(Prefix.Length == 0 ? "" : Prefix + "/")}AWSLogs/";
    }

    /// <summary>An SQS queue, read by long polling.</summary>
    public abstract record Queue : TrailSource
    {
        /// <summary>Its URL.</summary>
        public required string QueueUrl { get; init; }

        /// <summary>Its region.</summary>
        public required string Region { get; init; }

        /// <inheritdoc/>
        public override string Id => $"sqs:{QueueUrl}";

        /// <inheritdoc/>
        public override string Place => QueueUrl;
    }

    /// <summary>A queue that a trail's bucket tells of new files (directly, through SNS or EventBridge).</summary>
    public sealed record BucketNotifications : Queue
    {
        /// <inheritdoc/>
        public override string Kind => "Bucket notifications";
    }

    /// <summary>A queue into which EventBridge rules put the events themselves.</summary>
    public sealed record EventQueue : Queue
    {
        /// <inheritdoc/>
        public override string Kind => "EventBridge queue";
    }

    /// <summary>CloudTrail's event history, which every account has without a trail, asked region by region.</summary>
    public sealed record EventLookup : TrailSource
    {
        /// <summary>Days of history to read at first; AWS keeps 90.</summary>
        public int HistoryDays { get; init; } = 90;

        /// <inheritdoc/>
        public override string Id => "history";

        /// <inheritdoc/>
        public override string Kind => "Event history";

        /// <inheritdoc/>
        public override string Place => "LookupEvents";
    }
}
