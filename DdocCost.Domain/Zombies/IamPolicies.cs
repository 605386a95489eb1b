using System.Text.Json;

namespace DdocCost.Domain.Zombies;

/// <summary>Read-only IAM policies, made of what the rules declare: nothing that no rule needs.</summary>
public static class IamPolicies
{
    /// <summary>What a managed policy may have at most, characters without white space.</summary>
    /// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html</remarks>
    public const int LongestPolicy = 6144;

    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true };

    /// <summary>What every scan needs, whatever it looks for.</summary>
    public static IReadOnlyList<ApiCall> Always { get; } =
        [new("ec2", "DescribeRegions"), new("cloudwatch", "GetMetricData"), new("cloudtrail", "LookupEvents"), new("ce", "GetCostAndUsage")];

    /// <summary>What only a tenant's wish needs: to ask what machines were billed (<see cref="HuntSettings.AsksForBill"/>).</summary>
    public static IReadOnlyList<ApiCall> OnWish { get; } = [new("ce", "GetCostAndUsageWithResources")];

    /// <summary>The actions that some rules need, in order.</summary>
    public static IReadOnlyList<string> ActionsOf(IEnumerable<ZombieRule> rules) =>
        [.. rules.SelectMany(rule => rule.Calls).Concat(Always).Select(call => call.IamAction).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The files under <c>ops/iam</c>: one for each service, and all together in as many as fit into managed policies.</summary>
    public static IReadOnlyDictionary<string, string> Files()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in RuleCatalogue.Services)
            files[$"zombies/{service.ToLowerInvariant().Replace(' ', '-')}.json"] = Policy(ActionsOf(RuleCatalogue.All.Where(rule => rule.Kind.Service == service)));
        files["zombies-bill.json"] = Policy([.. OnWish.Select(call => call.IamAction)]);
        var part = 0;
        foreach (var actions in Parts(ActionsOf(RuleCatalogue.All)))
            files[FormattableString.Invariant($"zombies-all-{++part}.json")] = Policy(actions);
        return files;
    }

    private static IEnumerable<IReadOnlyList<string>> Parts(IReadOnlyList<string> actions)
    {
        var part = new List<string>();
        foreach (var action in actions)
        {
            if (Length([.. part, action]) > LongestPolicy)
            {
                yield return part;
                part = [];
            }

            part.Add(action);
        }

        yield return part;
    }

    private static int Length(IReadOnlyList<string> actions) => JsonSerializer.Serialize(Document(actions)).Length;

    private static string Policy(IReadOnlyList<string> actions) => JsonSerializer.Serialize(Document(actions), indented) + "\n";

    // apigateway:GET alone would read API keys as well.
    private static object Document(IReadOnlyList<string> actions) => new
    {
        Version = "2012-10-17",
        Statement = new[] { Statement([.. actions.Where(action => action != "apigateway:GET")], "*") }
            .Concat(actions.Contains("apigateway:GET") ? [Statement(["apigateway:GET"], "arn:aws:apigateway:*::/restapis", "arn:aws:apigateway:*::/restapis/*/stages")] : []),
    };

    private static object Statement(IReadOnlyList<string> actions, params string[] resources) => new { Effect = "Allow", Action = actions, Resource = resources };
}
