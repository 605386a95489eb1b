using System.Reflection;
using System.Text.Json;
using DdocCost.Jobs.Aws;

namespace DdocCost.Tests.Jobs;

/// <summary>The policy in <c>ops/iam/look-ups.json</c> grants what looking things up and asking for prices calls, no less and no more.</summary>
public sealed class LookUpPolicyTests
{
    [Fact]
    public void Grants_what_is_called()
    {
        var called = typeof(AwsOperation).Assembly.GetTypes()
            .Where(type => type.Namespace is "DdocCost.Jobs.Lookup" or "DdocCost.Jobs.Prices")
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(field => field.FieldType == typeof(AwsOperation)).SelectMany(field => ((AwsOperation)field.GetValue(null)!).Actions);

        using var policy = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "ops", "iam", "look-ups.json")));
        var granted = policy.RootElement.GetProperty("Statement")[0].GetProperty("Action").EnumerateArray().Select(action => action.GetString()!);

        Assert.Equal(called.Distinct().Order(StringComparer.Ordinal), granted);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "DdocCost.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
