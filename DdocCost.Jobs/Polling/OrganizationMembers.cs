using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;

namespace DdocCost.Jobs.Polling;

/// <summary>Asks AWS Organizations who belongs to an organisation. Only its management account and delegated administrators may ask.</summary>
public sealed class OrganizationMembers(AwsClients clients)
{
    /// <summary>No organisation of AWS's is larger by far.</summary>
    private const int Most = 20_000;

    private static readonly AwsOperation ListAccounts = AwsServices.Organizations.Operation("ListAccounts") with { Paging = AwsPaging.NextToken };

    /// <summary>The members, by name.</summary>
    /// <exception cref="AwsException">AWS does not say; <see cref="Describe"/> tells a person why.</exception>
    public async Task<IReadOnlyList<MemberAccount>> ListAsync(string tenantId, ConnectedAccount account, CancellationToken cancellationToken)
    {
        var members = new List<MemberAccount>();
        await foreach (var page in clients.For(tenantId, account, account.Regions[0]).JsonPagesAsync(ListAccounts, new Dictionary<string, object>(), cancellationToken))
        {
            members.AddRange(page.Items("Accounts").Where(one => one.Text("Id") is not null).Select(one => new MemberAccount(one.Text("Id")!, one.Text("Name") ?? one.Text("Id")!)
            {
                IsActive = (one.Text("State") ?? one.Text("Status")) is "ACTIVE" or null,
            }));
            if (members.Count >= Most)
            {
                break;
            }
        }

        return [.. members.OrderBy(member => member.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Why they cannot be listed, for a person.</summary>
    public static string Describe(Exception error) => error switch
    {
        AwsException { IsDenied: true } => $"{MissingPermission.Describe(error)} Only the organisation's management account and its delegated administrators may list members: "
            + "connect one of these, or register this account (aws organizations register-delegated-administrator), or paste a list.",
        AwsException { Code: "AWSOrganizationsNotInUseException" } => "This account belongs to no organisation.",
        _ => MissingPermission.Describe(error),
    };
}
