namespace DdocCost.Domain.Notify;

/// <summary>What kind of place messages are sent to.</summary>
public enum ChannelKind
{
    /// <summary>Slack, by incoming webhook or app token.</summary>
    Slack = 0,

    /// <summary>Mail over SMTP.</summary>
    Email,

    /// <summary>Microsoft Teams, by workflow webhook.</summary>
    Teams,

    /// <summary>Any HTTP endpoint that takes our documented JSON.</summary>
    Webhook,

    /// <summary>PagerDuty Events v2.</summary>
    PagerDuty,

    /// <summary>An Amazon SNS topic.</summary>
    Sns,
}

/// <summary>A place of one tenant where messages are sent. Document.</summary>
public sealed record Channel
{
    /// <summary>Never changes; messages refer to it.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it, such as <c>#cloud-costs</c>; unique within the tenant.</summary>
    public required string Name { get; init; }

    /// <summary>Kind; decides which adapter sends.</summary>
    public required ChannelKind Kind { get; init; }

    /// <summary>Settings that anybody may read, by <see cref="ChannelField.Key"/>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Secrets by <see cref="ChannelField.Key"/>, each sealed by the secret box for <see cref="SecretPurpose"/>. Write-only: no page shows them.</summary>
    public IReadOnlyDictionary<string, string> SealedSecrets { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether anything is sent there. Messages to a channel that is switched off fall over to the next of their route.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether it gets a message a day that says that all is well.</summary>
    public bool Heartbeat { get; init; } = true;

    /// <summary>What its secrets are sealed for; a text sealed for another purpose does not open.</summary>
    public const string SecretPurpose = "channel";

    /// <summary>A setting, or null where it was left empty.</summary>
    public string? Setting(string key) => Settings.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

    /// <summary>A secret as it lies sealed, or null where none was given.</summary>
    public string? SealedSecret(string key) => SealedSecrets.GetValueOrDefault(key);
}
