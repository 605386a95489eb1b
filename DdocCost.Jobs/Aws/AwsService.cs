namespace DdocCost.Jobs.Aws;

/// <summary>A service of AWS: where it is and how it talks.</summary>
/// <param name="Id">
/// Its service id as the AWS CLI writes it in <c>AWS_ENDPOINT_URL_…</c>, such as <c>ELASTIC_LOAD_BALANCING_V2</c>:
/// https://docs.aws.amazon.com/sdkref/latest/guide/ss-endpoints-table.html
/// </param>
/// <param name="Host">First part of its host name.</param>
/// <param name="Protocol">How it talks.</param>
public sealed record AwsService(string Id, string Host, AwsProtocol Protocol)
{
    /// <summary>Name it is signed for and its IAM actions begin with, where that is not <see cref="Host"/>.</summary>
    public string SigningName { get; init; } = Host;

    /// <summary>What its IAM actions begin with, where that is not <see cref="SigningName"/>.</summary>
    public string? IamName { get; init; }

    /// <summary>API version of the query protocols, such as <c>2016-11-15</c>.</summary>
    public string Version { get; init; } = "";

    /// <summary>What stands before the operation in <c>X-Amz-Target</c>, for the JSON protocols.</summary>
    public string Target { get; init; } = "";

    /// <summary>It has one endpoint a partition, and is the same from all regions.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>Where it is only in some regions: the one to ask from everywhere, in the ordinary partition.</summary>
    public string? OnlyIn { get; init; }

    /// <summary>Requests a second for each account, region and operation, until AWS throttles.</summary>
    public double RequestsPerSecond { get; init; } = 10;

    /// <summary>An operation of it.</summary>
    /// <param name="name">Its name in the API.</param>
    /// <param name="actions">IAM actions it needs, where they are not just the service's own of that name.</param>
    public AwsOperation Operation(string name, params string[] actions) =>
        new(this, name, actions.Length > 0 ? actions : [$"{IamName ?? SigningName}:{name}"]);
}
