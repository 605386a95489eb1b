using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Polling;

namespace DdocCost.App.Sources.Connect;

/// <summary>A file to deploy.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Name">File name.</param>
/// <param name="Text">All of it, JSON.</param>
public sealed record OnboardingFile(string Title, string Name, string Text);

/// <summary>Fills in the files of <c>ops/onboarding</c>, which are part of this assembly, for what somebody has chosen: no permission more than that takes.</summary>
public static class OnboardingFiles
{
    // For people to read: without escapes where JSON needs none.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The files for a draft; none where events are pushed to us, which takes no permission.</summary>
    public static IReadOnlyList<OnboardingFile> Of(ConnectDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (draft.Chosen().Template is not { } template)
        {
            return [];
        }

        var files = new List<OnboardingFile>
        {
            new("IAM policy", "ddoc-cost-policy.json", Policy(draft)),
            new("CloudFormation", "ddoc-cost.cloudformation.json", CloudFormation(draft, template)),
        };
        if (IsForwarding(draft))
        {
            files.Add(new("CloudFormation for the other regions and accounts", "ddoc-cost-forward.cloudformation.json", Forward(draft)));
        }

        if (HasTerraform(draft))
        {
            files.Add(new("Terraform", "ddoc-cost.tf.json", Terraform(draft, template)));
        }

        return files;
    }

    /// <summary>Whether events of other regions or accounts have to be forwarded to the queue.</summary>
    public static bool IsForwarding(ConnectDraft draft) => draft.Chosen() == EventWay.Events && (draft.RegionList().Count > 1 || IsOrganization(draft));

    /// <summary>Whether there is a Terraform file: not for EventBridge of a whole organisation, whose bus only the CloudFormation template makes.</summary>
    public static bool HasTerraform(ConnectDraft draft) => !(draft.Chosen() == EventWay.Events && IsOrganization(draft));

    /// <summary>The event bus that the queue's rule stands on.</summary>
    public static string BusOf(ConnectDraft draft) => IsOrganization(draft) ? "ddoc-cost" : "default";

    private static bool IsOrganization(ConnectDraft draft) => draft.OrganizationId.Trim().Length > 0;

    private static string Policy(ConnectDraft draft)
    {
        var account = draft.Account();
        if (ConnectedAccountRules.Problems(account with { Access = new AwsAccess() }).Count > 0)
        {
            // What was entered as the queue is none yet: the policy names the one that the steps by hand make.
            account = account with { Sources = [.. account.Sources.Select(source => source is TrailSource.Queue queue ? queue with { QueueUrl = draft.PlannedQueueUrl() } : source)] };
        }

        // A notification may name any bucket; here we know which.
        var objects = $":s3:::{draft.Bucket.Trim()}/{FolderOf(draft)}AWSLogs/";
        return SourcePolicy.Document(account.Sources.SelectMany(source => SourcePolicy.Of(account, source))
            .Select(permission => permission with { Resource = permission.Resource.Replace(":s3:::*/AWSLogs/", objects, StringComparison.Ordinal) }));
    }

    private static string CloudFormation(ConnectDraft draft, string template)
    {
        var file = Read($"cloudformation/{template}.json");
        foreach (var (name, value) in Values(draft))
        {
            if (file["Parameters"]![name] is JsonObject parameter && value.Length > 0)
            {
                parameter["Default"] = value;
            }
        }

        var policy = file["Resources"]!["Role"]!["Properties"]!["Policies"]![0]!["PolicyDocument"]!.AsObject();
        AddHistory(draft, policy);
        if (draft.Credential != Credential.Role)
        {
            var policies = file["Resources"]!.AsObject();
            policies.Remove("Role");
            file["Description"] = "dd0c/cost: the permissions that it needs in this account, and what it reads there.";
            policies["Policy"] = new JsonObject
            {
                ["Type"] = "AWS::IAM::ManagedPolicy",
                ["Properties"] = new JsonObject { ["Description"] = "What dd0c/cost may do.", ["PolicyDocument"] = policy.DeepClone() },
            };
            _ = file["Parameters"]!.AsObject().Remove("TrustedPrincipal");
            _ = file["Parameters"]!.AsObject().Remove("ExternalId");
            _ = file["Outputs"]!.AsObject().Remove("RoleArn");
            file["Outputs"]!["PolicyArn"] = new JsonObject { ["Description"] = "Attach this policy to who dd0c/cost signs in as.", ["Value"] = new JsonObject { ["Ref"] = "Policy" } };
            if (file["Parameters"]!.AsObject().Count == 0)
            {
                file.Remove("Parameters"); // CloudFormation takes no empty section
            }
        }

        return file.ToJsonString(Readable) + "\n";
    }

    private static string Forward(ConnectDraft draft)
    {
        var file = Read("cloudformation/events-forward.json");
        file["Parameters"]!["BusArn"]!["Default"] = $"arn:{draft.Partition}:events:{draft.FirstRegion()}:{draft.AccountId.Trim()}:event-bus/{BusOf(draft)}";
        return file.ToJsonString(Readable) + "\n";
    }

    private static string Terraform(ConnectDraft draft, string template)
    {
        var file = Read($"terraform/{template}.tf.json");
        foreach (var (name, value) in Values(draft))
        {
            if (file["variable"]![JsonNamingPolicy.SnakeCaseLower.ConvertName(name)] is JsonObject variable && value.Length > 0)
            {
                variable["default"] = value;
            }
        }

        var resources = file["resource"]!.AsObject();
        var holder = resources["aws_iam_role_policy"]!["ddoc_cost"]!.AsObject();
        var policy = JsonNode.Parse(holder["policy"]!.GetValue<string>())!.AsObject();
        AddHistory(draft, policy);
        holder["policy"] = policy.ToJsonString(OneLine);
        if (draft.Credential != Credential.Role)
        {
            resources.Remove("aws_iam_role");
            resources.Remove("aws_iam_role_policy");
            resources["aws_iam_policy"] = new JsonObject { ["ddoc_cost"] = new JsonObject { ["name_prefix"] = "ddoc-cost-", ["policy"] = policy.ToJsonString(OneLine) } };
            _ = file["variable"]!.AsObject().Remove("trusted_principal");
            _ = file["variable"]!.AsObject().Remove("external_id");
            _ = file["output"]!.AsObject().Remove("role_arn");
            file["output"]!["policy_arn"] = new JsonObject { ["value"] = "${aws_iam_policy.ddoc_cost.arn}" };
        }

        return file.ToJsonString(Readable) + "\n";
    }

    private static void AddHistory(ConnectDraft draft, JsonObject policy)
    {
        if (draft.ReadsHistory())
        {
            policy["Statement"]!.AsArray().Add(new JsonObject { ["Effect"] = "Allow", ["Action"] = new JsonArray("cloudtrail:LookupEvents"), ["Resource"] = "*" });
        }
    }

    private static (string Name, string Value)[] Values(ConnectDraft draft) =>
    [
        ("TrustedPrincipal", draft.Principal.Trim()), ("ExternalId", draft.ExternalId), ("OrganizationId", draft.OrganizationId.Trim()),
        ("Bucket", draft.Bucket.Trim()), ("Prefix", FolderOf(draft)),
    ];

    private static string FolderOf(ConnectDraft draft) => draft.Prefix.Trim().Trim('/') is { Length: > 0 } prefix ? prefix + "/" : "";

    private static JsonObject Read(string name)
    {
        using var stream = typeof(OnboardingFiles).Assembly.GetManifestResourceStream("onboarding/" + name)
            ?? throw new InvalidOperationException($"ops/onboarding/{name} is not in the assembly.");
        return JsonNode.Parse(stream)!.AsObject();
    }
}
