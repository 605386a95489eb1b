using System.ComponentModel.DataAnnotations;

namespace DdocCost.Jobs.Archive;

/// <summary>Where the raw archive lies, and for how long. Configuration section <c>Archive</c>; the same for every process of an installation.</summary>
public sealed class ArchiveOptions : IValidatableObject
{
    /// <summary>Its folder, where it lies in one; where it lies in a bucket, the folder for objects on their way.</summary>
    /// <value>Default <c>archive</c> under <see cref="DataOptions.Folder"/>.</value>
    public string? Folder { get; set; }

    /// <summary>How many days objects are kept, counted both from the hour they belong to and from when they were stored.</summary>
    /// <value>Default none: for ever. From 7, because records come up to seven days late, to 36,500.</value>
    [Range(7, 36_500)]
    public int? KeepDays { get; set; }

    /// <summary>The bucket, where it lies in Amazon S3, MinIO or another store of that protocol.</summary>
    public ArchiveBucketOptions S3 { get; set; } = new();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (S3.Bucket is null)
        {
            yield break;
        }

        if (S3.Endpoint is { Length: > 0 } endpoint && (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
        {
            yield return new ValidationResult($"Archive:S3:Endpoint is no http or https address: '{endpoint}'.");
        }

        if (S3.AccessKeyId is null != S3.SecretKey is null)
        {
            yield return new ValidationResult("Archive:S3:AccessKeyId and Archive:S3:SecretKey belong together; without both, this machine's own credentials are used.");
        }

        if (S3.Prefix.StartsWith('/') || (S3.Prefix.Length > 0 && !S3.Prefix.EndsWith('/')))
        {
            yield return new ValidationResult("Archive:S3:Prefix has a slash at its end and none at its beginning, such as 'ddoc/'.");
        }
    }
}

/// <summary>The archive as a bucket. Configuration section <c>Archive:S3</c>.</summary>
public sealed class ArchiveBucketOptions
{
    /// <summary>Its name.</summary>
    /// <value>Default none: the archive is a folder.</value>
    public string? Bucket { get; set; }

    /// <summary>Its region, which requests are signed for.</summary>
    /// <value>Default <c>us-east-1</c>, which MinIO takes too.</value>
    [RegularExpression("[a-z0-9-]{2,30}")]
    public string Region { get; set; } = "us-east-1";

    /// <summary>What all keys begin with.</summary>
    /// <value>Default none. With a slash at its end.</value>
    public string Prefix { get; set; } = "";

    /// <summary>The address of a store that is not Amazon's, such as <c>http://minio:9000</c>.</summary>
    /// <value>Default none: as for all of S3 (<c>Aws:Endpoints:S3</c>, <c>AWS_ENDPOINT_URL_S3</c>, else Amazon's own).</value>
    public string? Endpoint { get; set; }

    /// <summary>Whether the bucket stands in the path rather than in the host's name.</summary>
    /// <value>Default: in the path where <see cref="Endpoint"/> is set.</value>
    public bool? PathStyle { get; set; }

    /// <summary>An access key's id.</summary>
    /// <value>Default none: this machine's own credentials.</value>
    public string? AccessKeyId { get; set; }

    /// <summary>Its secret. Give it by environment (<c>Archive__S3__SecretKey</c>) or a secrets file.</summary>
    public string? SecretKey { get; set; }
}
