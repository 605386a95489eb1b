using System.Text.RegularExpressions;

namespace DdocCost.Domain.Sources;

/// <summary>What must hold of a <see cref="ConnectedAccount"/> before it is stored.</summary>
public static partial class ConnectedAccountRules
{
    /// <summary>How many tags, regions or sources one may have.</summary>
    public const int MostOfAKind = 50;

    /// <summary>How long a name may be.</summary>
    public const int LongestText = 200;

    /// <summary>Everything that is wrong with it, each as a sentence that names the field; empty where nothing is.</summary>
    public static IReadOnlyList<string> Problems(ConnectedAccount account) =>
    [
        .. Identity(account),
        .. account.Regions.Count is 0 or > MostOfAKind ? (string[])[$"Regions: name 1 to {MostOfAKind}."] : [],
        .. account.Regions.Where(region => !Region().IsMatch(region)).Select(region => $"Regions: '{region}' is no region, such as eu-west-1."),
        .. account.Regions.Where(region => Region().IsMatch(region) && AwsPartition.OfRegion(region).Id != account.Partition)
            .Select(region => $"Regions: {region} is not in partition {account.Partition}; credentials of one are unknown in the other."),
        .. Access(account),
        .. account.Sources.Count > MostOfAKind ? (string[])[$"Sources: at most {MostOfAKind}."] : [],
        .. account.Sources.SelectMany(Source),
        .. account.Sources.CountBy(source => source.Id).Where(count => count.Value > 1).Select(count => $"Sources: '{count.Key}' is there twice."),
    ];

    private static IEnumerable<string> Identity(ConnectedAccount account)
    {
        if (!AccountNumber().IsMatch(account.AccountId))
        {
            yield return "Account: 12 digits, such as 111122223333.";
        }

        if (account.OrganizationId is { } organization && !Organization().IsMatch(organization))
        {
            yield return "Organisation: o- and 10 to 32 letters and digits, as in the Organizations console.";
        }

        if (string.IsNullOrWhiteSpace(account.Name) || account.Name.Length > LongestText)
        {
            yield return $"Name: 1 to {LongestText} characters.";
        }

        if (account.Owner.Length > LongestText || account.Group.Length > LongestText)
        {
            yield return $"Owner and group: at most {LongestText} characters.";
        }

        if (account.Tags.Count > MostOfAKind || account.Tags.Any(tag => tag.Key.Length is 0 or > 128 || tag.Value.Length > 256))
        {
            yield return $"Tags: at most {MostOfAKind}, keys of 1 to 128 and values of up to 256 characters.";
        }

        if (AwsPartition.Find(account.Partition) is null)
        {
            yield return $"Partition: one of {string.Join(", ", AwsPartition.All.Select(partition => partition.Id))}.";
        }
    }

    private static IEnumerable<string> Access(ConnectedAccount account)
    {
        foreach (var key in account.Access.AccessKeys.Where(key => !AccessKeyId().IsMatch(key.AccessKeyId)))
        {
            yield return $"Access key: '{key.AccessKeyId}' is no access key id (16 to 128 capital letters and digits, such as AKIA…).";
        }

        if (account.Access.AccessKeys.Count > 2)
        {
            yield return "Access key: two at most, the new one and the one it replaces.";
        }

        foreach (var role in account.Access.Roles)
        {
            var arn = RoleArn().Match(role.Arn);
            if (!arn.Success)
            {
                yield return $"Role: '{role.Arn}' is no role's ARN, such as arn:aws:iam::111122223333:role/ddoc-cost.";
            }
            else if (arn.Groups["partition"].Value != account.Partition)
            {
                yield return $"Role: {role.Arn} is not in partition {account.Partition}.";
            }

            if (role.ExternalId is { } external && !ExternalId().IsMatch(external))
            {
                yield return "External id: 2 to 1,224 letters, digits and + = , . @ : / - _";
            }
        }

        if (account.Access.Roles is [.., var last] && RoleArn().Match(last.Arn) is { Success: true } end && end.Groups["account"].Value != account.AccountId)
        {
            yield return $"Role: the last one is in account {end.Groups["account"].Value}, not in {account.AccountId}.";
        }

        if (account.Access.Roles.Count > 3)
        {
            yield return "Role: at most three, one after the other.";
        }
    }

    private static IEnumerable<string> Source(TrailSource source)
    {
        switch (source)
        {
            case TrailSource.TrailBucket bucket:
                if (!BucketName().IsMatch(bucket.Bucket))
                {
                    yield return $"Bucket: '{bucket.Bucket}' is no bucket's name (3 to 63 of a-z, 0-9, dot and hyphen).";
                }

                if (!Region().IsMatch(bucket.Region))
                {
                    yield return $"Bucket: '{bucket.Region}' is no region, such as eu-west-1.";
                }

                if (bucket.Prefix.StartsWith('/') || bucket.Prefix.EndsWith('/') || bucket.Prefix.Length > 200 || bucket.Prefix.Split('/').Contains("AWSLogs"))
                {
                    yield return "Prefix: only what comes before AWSLogs/, without a slash at either end.";
                }

                if (bucket.HistoryDays is < 0 or > 365)
                {
                    yield return "History: from 0 to 365 days.";
                }

                break;
            case TrailSource.Queue queue:
                if (!Uri.TryCreate(queue.QueueUrl, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.Segments.Length != 3)
                {
                    yield return $"Queue: '{queue.QueueUrl}' is no queue's URL, such as https://sqs.eu-west-1.amazonaws.com/111122223333/ddoc-cost.";
                }

                if (!Region().IsMatch(queue.Region))
                {
                    yield return $"Queue: '{queue.Region}' is no region, such as eu-west-1.";
                }

                break;
            case TrailSource.EventLookup { HistoryDays: < 0 or > 90 }:
                yield return "History: from 0 to 90 days; CloudTrail keeps no more.";
                break;
        }
    }

    [GeneratedRegex(@"^\d{12}\z")]
    private static partial Regex AccountNumber();

    [GeneratedRegex(@"^o-[a-z0-9]{10,32}\z")]
    private static partial Regex Organization();

    [GeneratedRegex(@"^[a-z]{2}(-[a-z]+)+-\d{1,2}\z")]
    private static partial Regex Region();

    [GeneratedRegex(@"^[A-Z0-9]{16,128}\z")]
    private static partial Regex AccessKeyId();

    [GeneratedRegex(@"^arn:(?<partition>aws[a-z-]*):iam::(?<account>\d{12}):role/[\w+=,.@/-]{1,577}\z")]
    private static partial Regex RoleArn();

    [GeneratedRegex(@"^[\w+=,.@:/-]{2,1224}\z")]
    private static partial Regex ExternalId();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketName();
}
