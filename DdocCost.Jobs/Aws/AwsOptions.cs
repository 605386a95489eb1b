using System.ComponentModel.DataAnnotations;

namespace DdocCost.Jobs.Aws;

/// <summary>How we talk to AWS. Configuration section <c>Aws</c>.</summary>
public sealed class AwsOptions : IValidatableObject
{
    /// <summary>
    /// Other addresses than AWS's own, by service id, such as <c>Aws:Endpoints:S3</c>; <c>Aws:Endpoints:Default</c> for all others. They go
    /// before <c>AWS_ENDPOINT_URL_S3</c> and <c>AWS_ENDPOINT_URL</c>, which are read as the AWS CLI reads them.
    /// </summary>
    public Dictionary<string, string> Endpoints { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How often a call is tried before it fails, where trying again may help.</summary>
    /// <value>Default 5. From 1 to 20.</value>
    [Range(1, 20)]
    public int Attempts { get; set; } = 5;

    /// <summary>Pause before the second attempt; it doubles with each further one, up to 20 seconds.</summary>
    /// <value>Default 200 milliseconds. From 1 millisecond to 20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:20")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Name of our sessions in assumed roles, as CloudTrail shows it.</summary>
    /// <value>Default <c>ddoc-cost</c>; 2 to 64 letters, digits and <c>=,.@-_</c>.</value>
    [RegularExpression(@"[\w+=,.@-]{2,64}")]
    public string SessionName { get; set; } = "ddoc-cost";

    /// <summary>How long assumed credentials live; a chained role's no longer than an hour.</summary>
    /// <value>Default 1 hour. From 15 minutes to 12 hours.</value>
    [Range(typeof(TimeSpan), "00:15:00", "12:00:00")]
    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Tags of our sessions, which a trust policy may ask for (<c>sts:TagSession</c> must be allowed there).</summary>
    /// <value>Default none.</value>
    public Dictionary<string, string> SessionTags { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Endpoints.Where(endpoint => !Uri.TryCreate(endpoint.Value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            .Select(endpoint => new ValidationResult($"Aws:Endpoints:{endpoint.Key} is no http or https address: '{endpoint.Value}'."));
}
