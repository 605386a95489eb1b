using DdocCost.Domain.Sources;

namespace DdocCost.App.Sources;

/// <summary>What the form of an account holds while somebody fills it in.</summary>
public sealed class AccountEntry
{
    /// <summary>Account number.</summary>
    public string AccountId { get; set; } = "";

    /// <summary>Name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Organisation; empty for none.</summary>
    public string OrganizationId { get; set; } = "";

    /// <summary>Owner.</summary>
    public string Owner { get; set; } = "";

    /// <summary>Group.</summary>
    public string Group { get; set; } = "";

    /// <summary>Tags, one <c>key=value</c> a line.</summary>
    public string Tags { get; set; } = "";

    /// <summary>Partition.</summary>
    public string Partition { get; set; } = AwsPartition.Commercial.Id;

    /// <summary>Regions, with commas or spaces between.</summary>
    public string Regions { get; set; } = "us-east-1";

    /// <summary>Roles' ARNs, one a line; the external id after a space.</summary>
    public string Roles { get; set; } = "";

    /// <summary>A new access key's id; empty for none.</summary>
    public string AccessKeyId { get; set; } = "";

    /// <summary>Its secret. Never filled from what is stored.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Ids of stored keys to keep.</summary>
    public HashSet<string> KeptKeys { get; } = [];

    /// <summary>An entry for an account that is there.</summary>
    public static AccountEntry Of(ConnectedAccount account)
    {
        var entry = new AccountEntry
        {
            AccountId = account.AccountId, Name = account.Name, OrganizationId = account.OrganizationId ?? "", Owner = account.Owner, Group = account.Group,
            Tags = string.Join('\n', account.Tags.Select(tag => $"{tag.Key}={tag.Value}")), Partition = account.Partition, Regions = string.Join(", ", account.Regions),
            Roles = string.Join('\n', account.Access.Roles.Select(role => role.ExternalId is null ? role.Arn : $"{role.Arn} {role.ExternalId}")),
        };
        entry.KeptKeys.UnionWith(account.Access.AccessKeys.Select(key => key.AccessKeyId));
        return entry;
    }

    /// <summary>What becomes of an account by it.</summary>
    /// <param name="account">The account as it is.</param>
    /// <param name="seal">Seals a new key.</param>
    public ConnectedAccount ApplyTo(ConnectedAccount account, Func<string, string, SealedAccessKey> seal)
    {
        SealedAccessKey[] added = AccessKeyId.Trim().Length > 0 && Secret.Trim().Length > 0 ? [seal(AccessKeyId, Secret)] : [];
        return account with
        {
            AccountId = AccountId.Trim(), Name = Name.Trim(), OrganizationId = OrganizationId.Trim() is { Length: > 0 } organization ? organization : null,
            Owner = Owner.Trim(), Group = Group.Trim(), Tags = Pairs(Tags), Partition = Partition,
            Regions = [.. Regions.Split([',', ' ', '\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()],
            Access = new AwsAccess
            {
                AccessKeys = [.. added, .. account.Access.AccessKeys.Where(key => KeptKeys.Contains(key.AccessKeyId) && added.All(one => one.AccessKeyId != key.AccessKeyId))],
                Roles = [.. Roles.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Role)],
            },
        };
    }

    // Of two lines with one key the later holds.
    private static Dictionary<string, string> Pairs(string lines)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            pairs[parts[0]] = parts.Length > 1 ? parts[1] : "";
        }

        return pairs;
    }

    private static RoleStep Role(string line) => line.Split(' ', 2, StringSplitOptions.TrimEntries) is [var arn, { Length: > 0 } external] ? new(arn, external) : new(line);
}
