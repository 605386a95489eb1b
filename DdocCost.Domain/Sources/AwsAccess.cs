namespace DdocCost.Domain.Sources;

/// <summary>
/// How we get into an account: with access keys or, where there are none, with what the machine has (environment, profile, instance role);
/// from there through roles, one after the other, where any are named.
/// </summary>
public sealed record AwsAccess
{
    /// <summary>Access keys, newest first. While a key is being rotated there are two, and the older serves until the newer works.</summary>
    public IReadOnlyList<SealedAccessKey> AccessKeys { get; init; } = [];

    /// <summary>Roles to assume, in this order; the last is in the account itself.</summary>
    public IReadOnlyList<RoleStep> Roles { get; init; } = [];

    /// <summary>In a few words, for a person. Names keys and roles, no secrets.</summary>
    public string Describe()
    {
        var start = AccessKeys is [var key, ..] ? $"access key {key.AccessKeyId}" : "this machine's own credentials";
        return Roles.Count == 0 ? start : $"{string.Join(", then ", Roles.Select(role => role.Arn))} by {start}";
    }
}

/// <summary>An access key.</summary>
/// <param name="AccessKeyId">Its id, which is no secret.</param>
/// <param name="SealedSecret">The secret, sealed by <see cref="Storage.ISecretBox"/> for <see cref="Purpose"/>.</param>
/// <param name="AddedAt">When it was entered, UTC.</param>
public sealed record SealedAccessKey(string AccessKeyId, string SealedSecret, DateTimeOffset AddedAt)
{
    /// <summary>What the secret is sealed for.</summary>
    public const string Purpose = "aws-access-key";
}

/// <summary>A role to assume.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="ExternalId">What its trust policy asks for, so that nobody else can make us assume it; null for none.</param>
public sealed record RoleStep(string Arn, string? ExternalId = null);
