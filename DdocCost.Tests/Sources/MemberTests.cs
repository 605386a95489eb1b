using CsCheck;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Polling;
using DdocCost.Tests.Aws;
using DdocCost.Tests.Support;

namespace DdocCost.Tests.Sources;

/// <summary>Many accounts at once: an organisation's members, or a list.</summary>
public sealed class MemberTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_the_members_of_an_organisation_over_all_pages()
    {
        await using var aws = await AwsStandIn.StartAsync();
        aws.Answers["organizations:ListAccounts"] = call => call.Json.TryGetProperty("NextToken", out _)
            ? StandInAnswer.Json(new { Accounts = new[] { new { Id = "777788889999", Name = "Alpha", Status = "ACTIVE" } } })
            : StandInAnswer.Json(new { NextToken = "2", Accounts = new[] { new { Id = "444455556666", Name = "Closed", Status = "SUSPENDED" }, new { Id = "111122223333", Name = "Zeta", Status = "ACTIVE" } } });
        await using var host = new AwsHost(("AWS_ENDPOINT_URL", aws.Url));

        var members = await new OrganizationMembers(host.Clients).ListAsync("acme", AwsHost.Account(), Stop);

        Assert.Equal([("777788889999", "Alpha", true), ("444455556666", "Closed", false), ("111122223333", "Zeta", true)], members.Select(member => (member.AccountId, member.Name, member.IsActive)));
        Assert.All(aws.CallsOf("organizations:ListAccounts"), call => Assert.Equal("us-east-1", call.Region)); // one endpoint for all regions
    }

    [Fact]
    public async Task Says_who_may_list_members_where_this_account_may_not()
    {
        await using var aws = await AwsStandIn.StartAsync();
        aws.Answers["organizations:ListAccounts"] = _ => StandInAnswer.Error(400, "AccessDeniedException", "You don't have permissions to access this resource.");
        await using var host = new AwsHost(("AWS_ENDPOINT_URL", aws.Url));

        var error = await Assert.ThrowsAsync<AwsException>(() => new OrganizationMembers(host.Clients).ListAsync("acme", AwsHost.Account(), Stop));

        Assert.Contains("organizations:ListAccounts", OrganizationMembers.Describe(error), StringComparison.Ordinal);
        Assert.Contains("delegated administrator", OrganizationMembers.Describe(error), StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_a_list_as_spreadsheets_write_it()
    {
        var (accounts, problems) = MemberList.Read("\uFEFFAccount,Name,Owner,Group\r\n111122223333,\"Shop, \"\"live\"\"\",ada@example.com,payments\r\n\r\n1111-2222-4444;Data\r\n33334444,Lost its zeros\r\n111122223333,Again\r\n555566667777");

        Assert.Equal(
            [
                new MemberAccount("111122223333", "Shop, \"live\"") { Owner = "ada@example.com", Group = "payments" }, new MemberAccount("111122224444", "Data"),
                new MemberAccount("555566667777", "555566667777"),
            ],
            accounts);
        Assert.Equal(2, problems.Count);
        Assert.Contains("Line 5: '33334444'", problems[0], StringComparison.Ordinal);
        Assert.Contains("there already", problems[1], StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_makes_reading_a_list_fail() => Gen.String.Sample(text =>
    {
        var (accounts, _) = MemberList.Read(text);
        Assert.All(accounts, account => Assert.Matches("^[0-9]{12}$", account.AccountId));
    });

    [Theory]
    [InlineData("ddoc-cost", false, "arn:aws:iam::444455556666:role/ddoc-cost")]
    [InlineData("/audit/ddoc", false, "arn:aws:iam::444455556666:role/audit/ddoc")]
    [InlineData("arn:aws:iam::{account}:role/x", true, "arn:aws:iam::111122223333:role/ours", "arn:aws:iam::444455556666:role/x")]
    public void A_member_is_entered_by_the_role_of_the_pattern(string role, bool byItsRole, params string[] expected)
    {
        var through = AwsHost.Account(["AKIASTANDIN000000001"], new RoleStep("arn:aws:iam::111122223333:role/ours", "theirs"));

        var account = new MemberPlan { Role = role, ExternalId = "ours-alone", Regions = ["eu-west-1"], Through = through, ByItsRole = byItsRole, ReadsHistory = true }
            .For(new MemberAccount("444455556666", "Data"));

        Assert.Empty(ConnectedAccountRules.Problems(account with { Id = "444455556666" }));
        Assert.Equal(expected, account.Access.Roles.Select(step => step.Arn));
        Assert.Equal("ours-alone", account.Access.Roles[^1].ExternalId);
        Assert.Equal(through.Access.AccessKeys, account.Access.AccessKeys);
        Assert.IsType<TrailSource.EventLookup>(Assert.Single(account.Sources));
    }
}
