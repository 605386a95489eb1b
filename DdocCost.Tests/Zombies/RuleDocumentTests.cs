using System.Text.Json;
using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Zombies;

namespace DdocCost.Tests.Zombies;

/// <summary>What is made of the rules is what the rules say. To renew: run these tests with DDOC_RENEW=1.</summary>
public sealed class RuleDocumentTests
{
    private static readonly string Root = Repository();

    [Fact]
    public void The_table_of_rules_is_up_to_date() => IsCurrent(Path.Combine(Root, "docs", "zombie-rules.md"), RuleTable.Markdown());

    [Fact]
    public void The_policies_are_up_to_date()
    {
        var folder = Path.Combine(Root, "ops", "iam");
        foreach (var (name, policy) in IamPolicies.Files())
            IsCurrent(Path.Combine(folder, name), policy);

        var files = Directory.GetFiles(Path.Combine(folder, "zombies"), "*.json").Select(path => "zombies/" + Path.GetFileName(path))
            .Concat(Directory.GetFiles(folder, "zombies-*.json").Select(path => Path.GetFileName(path)));
        Assert.Equal(IamPolicies.Files().Keys, files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_policy_fits_into_a_managed_policy_and_only_reads()
    {
        foreach (var (name, policy) in IamPolicies.Files())
        {
            Assert.True(JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(policy)).Length <= IamPolicies.LongestPolicy, name);
            var actions = JsonSerializer.Deserialize<JsonElement>(policy).GetProperty("Statement").EnumerateArray().SelectMany(statement => statement.GetProperty("Action").EnumerateArray()).Select(action => action.GetString()!);
            Assert.All(actions, action => Assert.Matches("^[a-z0-9-]+:(Describe|List|Get|Lookup|BatchGet|GET)", action));
        }
    }

    [Fact]
    public void Every_kind_has_a_collector_and_every_declared_call_an_operation()
    {
        var kinds = RuleCatalogue.All.SelectMany(rule => rule.Reads).Distinct().ToList();

        Assert.Equal(kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal), CollectorCatalogue.All.Select(collector => collector.Kind.Name).Order(StringComparer.Ordinal));
        Assert.All(kinds.SelectMany(kind => kind.Calls).Concat(IamPolicies.Always), call => Assert.Contains(call.ToString(), HuntOperations.All.Keys));
        Assert.All(HuntOperations.All.Keys, call => Assert.True(kinds.SelectMany(kind => kind.Calls).Concat(IamPolicies.Always).Concat(IamPolicies.OnWish).Contains(ApiCall.Parse(call)), $"{call} is needed by no rule"));
    }

    private static void IsCurrent(string path, string text)
    {
        if (Environment.GetEnvironmentVariable("DDOC_RENEW") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == text, $"{path} is not what the rules say: run this test with DDOC_RENEW=1.");
    }

    private static string Repository()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "DdocCost.sln")))
                return folder;
        }

        throw new InvalidOperationException("The repository was not found.");
    }
}
