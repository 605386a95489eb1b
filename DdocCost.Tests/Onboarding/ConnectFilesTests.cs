using System.Text.Json;
using System.Text.Json.Nodes;
using DdocCost.App.Sources.Connect;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Polling;

namespace DdocCost.Tests.Onboarding;

/// <summary>What the page of connecting gives to deploy: the files of <c>ops/onboarding</c>, filled in, for just what was chosen.</summary>
public sealed class ConnectFilesTests
{
    private const string Principal = "arn:aws:iam::444455556666:role/watcher";

    public static TheoryData<string, Credential, bool, bool> Choices =>
        [.. from way in EventWay.All from credential in Enum.GetValues<Credential>() from history in (bool[])[true, false] from organization in (bool[])[true, false] select (way.Id, credential, history, organization)];

    [Theory]
    [MemberData(nameof(Choices))]
    public void Every_file_is_valid_and_grants_what_the_sources_call_and_no_more(string way, Credential credential, bool history, bool organization)
    {
        var chosen = (Draft(way, credential, history) with { Organization = organization }).Made();
        Assert.Empty(chosen.AccountProblems());
        var account = chosen.Account();
        var wanted = account.Sources.SelectMany(source => SourcePolicy.Of(account, source)).Select(permission => permission.Action).Distinct().Order(StringComparer.Ordinal);

        var files = OnboardingFiles.Of(chosen);

        Assert.Equal(chosen.Chosen().IsPushed, files.Count == 0);
        foreach (var file in files)
        {
            var json = JsonNode.Parse(file.Text)!;
            var granted = file.Name switch
            {
                "ddoc-cost-policy.json" => Actions(json),
                "ddoc-cost.tf.json" => Actions(JsonNode.Parse((credential == Credential.Role ? json["resource"]!["aws_iam_role_policy"] : json["resource"]!["aws_iam_policy"])!["ddoc_cost"]!["policy"]!.GetValue<string>())!),
                "ddoc-cost.cloudformation.json" => Actions((credential == Credential.Role ? json["Resources"]!["Role"]!["Properties"]!["Policies"]![0] : json["Resources"]!["Policy"]!["Properties"])!["PolicyDocument"]!),
                _ => null,
            };
            if (granted is not null)
            {
                Assert.Equal(wanted, granted.Order(StringComparer.Ordinal));
            }

            Assert.Equal(credential == Credential.Role && granted is not null && file.Name != "ddoc-cost-policy.json", file.Text.Contains(chosen.ExternalId, StringComparison.Ordinal));
            Assert.Equal([], Dangling(json));
        }
    }

    [Fact]
    public void A_role_trusts_who_runs_us_and_reads_only_the_folder_that_was_named()
    {
        var draft = Draft("notifications", Credential.Role, history: false).Made();

        var files = OnboardingFiles.Of(draft).ToDictionary(file => file.Name, file => JsonNode.Parse(file.Text)!);

        var parameters = files["ddoc-cost.cloudformation.json"]["Parameters"]!;
        Assert.Equal([Principal, draft.ExternalId, "acme-trail", "cost/"], ((string[])["TrustedPrincipal", "ExternalId", "Bucket", "Prefix"]).Select(name => parameters[name]!["Default"]!.GetValue<string>()));
        var variables = files["ddoc-cost.tf.json"]["variable"]!;
        Assert.Equal([Principal, draft.ExternalId, "acme-trail", "cost/"], ((string[])["trusted_principal", "external_id", "bucket", "prefix"]).Select(name => variables[name]!["default"]!.GetValue<string>()));
        var resources = files["ddoc-cost-policy.json"]["Statement"]!.AsArray().Select(statement => statement!["Resource"]!.GetValue<string>());
        Assert.Equal(["arn:aws:sqs:eu-west-1:111122223333:ddoc-cost", "arn:aws:s3:::acme-trail/cost/AWSLogs/*", "arn:aws:kms:*:111122223333:key/*"], resources);
    }

    [Theory]
    [InlineData("", "eu-west-1", null)]
    [InlineData("", "eu-west-1, eu-central-1", "default")]
    [InlineData("o-a1b2c3d4e5", "eu-west-1", "ddoc-cost")]
    public void Events_of_other_regions_and_members_are_forwarded_to_the_first(string organization, string regions, string? bus)
    {
        var draft = Draft("events", Credential.Role, history: false).Made();
        (draft.OrganizationId, draft.Regions) = (organization, regions);

        var forward = OnboardingFiles.Of(draft).SingleOrDefault(file => file.Name == "ddoc-cost-forward.cloudformation.json");

        Assert.Equal(bus is null ? null : $"arn:aws:events:eu-west-1:111122223333:event-bus/{bus}",
            forward is null ? null : JsonNode.Parse(forward.Text)!["Parameters"]!["BusArn"]!["Default"]!.GetValue<string>());
    }

    [Fact]
    public void A_draft_survives_being_kept_and_every_draft_has_an_external_id_of_its_own()
    {
        var draft = Draft("bucket", Credential.Key, history: true).Made();

        var again = JsonSerializer.Deserialize<ConnectDraft>(JsonSerializer.Serialize(draft))!;

        Assert.Equal(JsonSerializer.Serialize(draft), JsonSerializer.Serialize(again));
        Assert.NotEqual(new ConnectDraft().ExternalId, new ConnectDraft().ExternalId);
    }

    [Fact]
    public void The_region_of_a_queue_is_read_from_its_url()
    {
        var draft = Draft("events", Credential.Machine, history: false).Made();
        draft.QueueUrl = "https://sqs.eu-central-1.amazonaws.com/111122223333/other";

        Assert.Equal("eu-central-1", Assert.IsType<TrailSource.EventQueue>(Assert.Single(draft.Account().Sources)).Region);
    }

    [Fact]
    public void A_half_entered_queue_leaves_the_policy_with_the_planned_one()
    {
        var draft = Draft("events", Credential.Role, history: false).Made();
        draft.QueueUrl = "https://";

        Assert.Contains("arn:aws:sqs:eu-west-1:111122223333:ddoc-cost", OnboardingFiles.Of(draft)[0].Text, StringComparison.Ordinal);
    }

    private static Wish Draft(string way, Credential credential, bool history) => new(way, credential, history, Organization: false);

    private static IEnumerable<string> Actions(JsonNode policy) =>
        policy["Statement"]!.AsArray().SelectMany(statement => statement!["Action"]!.AsArray()).Select(action => action!.GetValue<string>()).Distinct();

    /// <summary>What a CloudFormation template refers to and does not have.</summary>
    private static IEnumerable<string> Dangling(JsonNode json)
    {
        var known = ((string[])["Parameters", "Resources"]).SelectMany(section => json[section]?.AsObject().Select(entry => entry.Key) ?? []).ToHashSet();
        return json["Resources"] is null ? [] : Referred(json).Where(name => !known.Contains(name) && !name.StartsWith("AWS::", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Referred(JsonNode? node) => node switch
    {
        JsonObject found => found.SelectMany(entry => entry.Key switch
        {
            "Ref" => [entry.Value!.GetValue<string>()],
            "Fn::GetAtt" => [entry.Value![0]!.GetValue<string>()],
            _ => Referred(entry.Value),
        }),
        JsonArray list => list.SelectMany(Referred),
        _ => [],
    };

    private sealed record Wish(string Way, Credential Credential, bool History, bool Organization)
    {
        public ConnectDraft Made() => new()
        {
            AccountId = "111122223333", Name = "Production", Regions = "eu-west-1", Credential = Credential, Principal = Principal, Way = Way, WithHistory = History,
            Bucket = "acme-trail", Prefix = "/cost/", OrganizationId = Organization ? "o-a1b2c3d4e5" : "",
        };
    }
}
