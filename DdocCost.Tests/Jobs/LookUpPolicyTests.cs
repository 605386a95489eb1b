using System.Reflection;
using System.Text.Json;
using DdocCost.Jobs.Aws;

namespace DdocCost.Tests.Jobs;

/// <summary>The policies in <c>ops/iam</c> grant what looking things up, asking for prices and fetching bills calls, no less and no more.</summary>
public sealed class LookUpPolicyTests
{
    [Theory]
    [InlineData("look-ups.json", "DdocCost.Jobs.Lookup", "DdocCost.Jobs.Prices")]
    [InlineData("bills.json", "DdocCost.Jobs.Reconcile")]
    public void Grants_what_is_called(string file, params string[] namespaces)
    {
        var called = typeof(AwsOperation).Assembly.GetTypes()
            .Where(type => namespaces.Contains(type.Namespace))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(field => field.FieldType == typeof(AwsOperation)).SelectMany(field => ((AwsOperation)field.GetValue(null)!).Actions);

        using var policy = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "ops", "iam", file)));
        var granted = policy.RootElement.GetProperty("Statement").EnumerateArray().SelectMany(statement => statement.GetProperty("Action").EnumerateArray()).Select(action => action.GetString()!);

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
