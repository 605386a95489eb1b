using DdocCost.Domain.Access;
using DdocCost.Domain.Scoring;
using JasperFx.Metadata;

namespace DdocCost.Domain.Tuning;

/// <summary>What a tenant has set of the detector. Document, one a tenant.</summary>
public sealed record DetectionSettings : IVersioned
{
    /// <summary>The only one's id.</summary>
    public const string TheId = "detection";

    /// <summary>At most so many rules.</summary>
    public const int MostRules = 200;

    /// <summary>Nothing set.</summary>
    public static readonly DetectionSettings None = new();

    /// <summary>Id.</summary>
    public string Id { get; init; } = TheId;

    /// <summary>Each at most once; the order says nothing.</summary>
    public IReadOnlyList<SensitivityRule> Rules { get; init; } = [];

    /// <summary>Guards against two writers; kept by Marten.</summary>
    public Guid Version { get; set; }

    /// <summary>What holds for a service in an account: the rule for both, else for the account, else for the service, else for all.</summary>
    public Sensitivity For(string accountId, string service) =>
        Find(accountId, service) ?? Find(accountId, null) ?? Find(null, service) ?? Find(null, null) ?? Sensitivity.Default;

    /// <summary>Parameters of detection for a service in an account.</summary>
    public DetectionOptions OptionsFor(string accountId, string service)
    {
        var sensitivity = For(accountId, service);
        return sensitivity == Sensitivity.Default ? DetectionOptions.Default : sensitivity.Over(DetectionOptions.Default);
    }

    /// <summary>What is wrong with rules, for a person; null where they can be used.</summary>
    public static string? Problem(IReadOnlyList<SensitivityRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Count > MostRules)
        {
            return $"There are at most {MostRules} rules.";
        }

        return rules.Select(rule => rule.Problem()).FirstOrDefault(problem => problem is not null)
            ?? (rules.DistinctBy(rule => (rule.AccountId, rule.Service)).Count() < rules.Count ? "There are two rules for the same account and service." : null);
    }

    /// <summary>Without rules of accounts that somebody does not see. For reading: who may change rules sees all accounts.</summary>
    public DetectionSettings SeenBy(Sight sight) => sight.SeesAll ? this : this with { Rules = [.. Rules.Where(rule => rule.AccountId is null || sight.Sees(rule.AccountId))] };

    private Sensitivity? Find(string? accountId, string? service)
    {
        foreach (var rule in Rules)
        {
            if (rule.AccountId == accountId && rule.Service == service)
            {
                return rule.Sensitivity;
            }
        }

        return null;
    }
}

/// <summary>How readily somebody is interrupted about something.</summary>
/// <param name="AccountId">In that account, or null = in all.</param>
/// <param name="Service">About that service, such as <c>ec2</c>, or null = about all.</param>
/// <param name="Sensitivity">How readily.</param>
public sealed record SensitivityRule(string? AccountId, string? Service, Sensitivity Sensitivity)
{
    private const int LongestName = 100;

    /// <summary>Why it cannot be used, for a person; null where it can.</summary>
    public string? Problem() => AccountId is { Length: 0 or > LongestName } || Service is { Length: 0 or > LongestName }
        ? $"An account or a service has a name of at most {LongestName} characters."
        : Sensitivity.Problem();
}
