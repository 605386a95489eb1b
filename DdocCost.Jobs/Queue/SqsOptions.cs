using System.ComponentModel.DataAnnotations;

namespace DdocCost.Jobs.Queue;

/// <summary>The queue as Amazon SQS FIFO. Configuration section <c>Queue:Sqs</c>; used where <c>Queue:Kind</c> is <c>Sqs</c>.</summary>
public sealed class SqsOptions : IValidatableObject
{
    /// <summary>
    /// What the URLs of the lanes' queues begin with, such as <c>https://sqs.eu-west-1.amazonaws.com/111122223333/ddoc-score</c>; a lane's
    /// number and <c>.fifo</c> follow: <c>ddoc-score-00.fifo</c>, …, <c>ddoc-score-15.fifo</c>.
    /// </summary>
    public string Url { get; set; } = "";

    /// <summary>Their region.</summary>
    /// <value>Default: what stands in <see cref="Url"/>.</value>
    [RegularExpression("[a-z0-9-]{2,30}")]
    public string? Region { get; set; }

    /// <summary>An access key's id.</summary>
    /// <value>Default none: this machine's own credentials.</value>
    public string? AccessKeyId { get; set; }

    /// <summary>Its secret. Give it by environment (<c>Queue__Sqs__SecretKey</c>) or a secrets file.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Whether to make queues that are not there, which takes <c>sqs:CreateQueue</c>.</summary>
    /// <value>Default true.</value>
    public bool Create { get; set; } = true;

    /// <summary>How long a lane's owner waits in one call for something to come.</summary>
    /// <value>Default 20 seconds, which is the most that SQS allows. From 0, in whole seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:20")]
    public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The region that holds.</summary>
    public string RegionOrThatOfUrl => Region ?? (Uri.TryCreate(Url, UriKind.Absolute, out var uri) && uri.Host.Split('.') is [var service, var region, ..] &&
        service.Equals("sqs", StringComparison.OrdinalIgnoreCase) ? region : "us-east-1");

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url.Length > 0 && (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Segments.Length < 3))
        {
            yield return new ValidationResult(
                $"Queue:Sqs:Url is not the beginning of queues' URLs, such as https://sqs.eu-west-1.amazonaws.com/111122223333/ddoc-score: '{Url}'.");
        }

        if (AccessKeyId is null != SecretKey is null)
        {
            yield return new ValidationResult("Queue:Sqs:AccessKeyId and Queue:Sqs:SecretKey belong together; without both, this machine's own credentials are used.");
        }
    }
}
