using System.Text.Json;
using System.Text.RegularExpressions;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Polling;
using DdocCost.Tests.Sources;

namespace DdocCost.Tests.Onboarding;

/// <summary>What <c>ops/onboarding</c> grants is what the code asks for, no less and no more.</summary>
public sealed partial class OnboardingFilesTests
{
    private const string QueueUrl = "https://sqs.eu-west-1.amazonaws.com/111122223333/ddoc-cost";

    private static readonly (string Name, TrailSource Source)[] Ways =
    [
        ("bucket", new TrailSource.TrailBucket { Bucket = "example-trail", Region = "eu-west-1" }),
        ("notifications", new TrailSource.BucketNotifications { QueueUrl = QueueUrl, Region = "eu-west-1" }),
        ("events", new TrailSource.EventQueue { QueueUrl = QueueUrl, Region = "eu-west-1" }),
        ("lookup", new TrailSource.EventLookup()),
    ];

    private static readonly string Folder = Path.Combine(Repository(), "ops", "onboarding");

    public static TheoryData<string> Names => [.. Ways.Select(way => way.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_policy_of_each_way_is_the_one_that_the_page_shows(string name)
    {
        var path = Path.Combine(Folder, "policies", name + ".json");
        var generated = SourcePolicy.Document(PermissionsOf(name)) + "\n";
        if (Environment.GetEnvironmentVariable("RENEW_APPROVED") == "1")
        {
            File.WriteAllText(path, generated);
        }

        // RENEW_APPROVED=1 writes it anew.
        Assert.Equal(generated, File.ReadAllText(path));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void CloudFormation_and_Terraform_grant_the_same_actions(string name)
    {
        var wanted = PermissionsOf(name).Select(permission => permission.Action).ToHashSet();

        foreach (var file in (string[])[Path.Combine("cloudformation", name + ".json"), Path.Combine("terraform", name + ".tf.json")])
        {
            var text = File.ReadAllText(Path.Combine(Folder, file));
            using var document = JsonDocument.Parse(text);
            var granted = Action().Matches(text).Select(match => match.Value).Except(["sqs:SendMessage", "sts:AssumeRole", "sts:TagSession", "sts:ExternalId", "events:PutEvents", "s3:ObjectCreated"]);
            Assert.Equal(wanted.Order(StringComparer.Ordinal), granted.Distinct().Order(StringComparer.Ordinal));
            Assert.Contains("sts:ExternalId", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_permission_that_the_sources_code_asks_for_is_in_a_policy()
    {
        var asked = AwsOperation.AllIn(typeof(AwsOperation).Assembly).Where(operation => operation.BringsEvents).SelectMany(operation => operation.Actions)
            .Except(["sts:AssumeRole"]).ToHashSet();

        Assert.Equal(asked.Order(StringComparer.Ordinal), Ways.SelectMany(way => PermissionsOf(way.Name)).Select(permission => permission.Action).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_policies_of_archive_queue_organisation_and_digests_are_what_the_code_calls()
    {
        var operations = AwsOperation.AllIn(typeof(AwsOperation).Assembly);
        (string File, IEnumerable<string> Asked)[] policies =
        [
            ("archive", operations.Where(operation => operation.KeepsEvents).SelectMany(operation => operation.Actions)),
            ("queue", operations.Where(operation => operation.CarriesEvents || (operation.Service == AwsServices.Sqs && operation.Name != "GetQueueAttributes")).SelectMany(operation => operation.Actions)),
            ("organization", operations.Where(operation => operation.Service == AwsServices.Organizations && operation.Name == "ListAccounts").SelectMany(operation => operation.Actions)),
            ("digests", operations.Where(operation => operation.Name == "ListPublicKeys").SelectMany(operation => operation.Actions)),
        ];

        foreach (var (file, asked) in policies)
        {
            using var policy = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "policies", file + ".json")));
            var granted = policy.RootElement.GetProperty("Statement").EnumerateArray().SelectMany(statement => statement.GetProperty("Action").EnumerateArray()).Select(action => action.GetString()!);
            Assert.Equal(asked.Distinct().Order(StringComparer.Ordinal), granted.Order(StringComparer.Ordinal));
        }
    }

    private static IReadOnlyList<SourcePermission> PermissionsOf(string name)
    {
        var source = Ways.Single(way => way.Name == name).Source;
        return SourcePolicy.Of(SourceBench.With(source), source);
    }

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DdocCost.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The repository is not above the test's folder.");
    }

    [GeneratedRegex(@"\b(s3|sqs|kms|cloudtrail|sts|events):[A-Z][A-Za-z]+\b")]
    private static partial Regex Action();
}
