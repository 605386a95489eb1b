using DdocCost.Domain.Zombies;
using DdocCost.Jobs.Aws;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Zombies;

/// <summary>Finds out who made a zombie: from the ledger, else from CloudTrail's own memory of 90 days.</summary>
internal sealed class BirthFinder(IOptions<HuntOptions> options)
{
    private static readonly string[] making = ["Create", "Run", "Allocate", "Launch", "Restore", "Register", "Start", "Copy", "Put", "Import"];

    /// <summary>The same findings, with a birth where one is known.</summary>
    public async Task<IReadOnlyList<ZombieFinding>> CompleteAsync(
        AwsClient client, IReadOnlyList<ZombieFinding> findings, IReadOnlyList<Ruling> rulings, TrailKnowledge trail, HuntMeter meter, CancellationToken cancellationToken)
    {
        var resources = rulings.Where(ruling => ruling.Answer.IsYes).DistinctBy(ruling => ruling.FindingId).ToDictionary(ruling => ruling.FindingId, ruling => ruling.Resource);
        var (asked, canAsk) = (0, true);
        var next = new List<ZombieFinding>(findings.Count);
        foreach (var finding in findings)
        {
            if (finding.Birth is not null || !resources.TryGetValue(finding.Id, out var resource))
            {
                next.Add(finding);
                continue;
            }

            var birth = trail.BirthOf(resource);
            // Older than CloudTrail's memory: asking is in vain. Asked once, with the first sighting.
            if (birth is null && canAsk && asked < options.Value.BirthsAtMost && finding.FirstSeenAt == finding.LastSeenAt && !(resource.Created < finding.LastSeenAt.AddDays(-90)))
            {
                asked++;
                (birth, canAsk) = await AskAsync(client, resource, meter, cancellationToken);
            }

            next.Add(birth is null ? finding : finding with { Birth = birth, CreatedAt = finding.CreatedAt ?? birth.At });
        }

        return next;
    }

    private static async Task<(Birth? Birth, bool CanAsk)> AskAsync(AwsClient client, Resource resource, HuntMeter meter, CancellationToken cancellationToken)
    {
        try
        {
            meter.Count("cloudtrail:LookupEvents");
            var answer = new Wire(await client.JsonAsync(
                HuntOperations.Find("cloudtrail:LookupEvents").Operation,
                new Dictionary<string, object> { ["LookupAttributes"] = new[] { new { AttributeKey = "ResourceName", AttributeValue = resource.Id } }, ["MaxResults"] = 50 },
                cancellationToken));
            // Newest first.
            var made = answer.Items("Events").LastOrDefault(e => making.Any(verb => e.Text("EventName")?.StartsWith(verb, StringComparison.Ordinal) == true));
            return (made.IsThere && made.Time("EventTime") is { } at && made.Text("Username") is { } who ? new Birth(at, who, who, made.Text("EventId"), null, "CloudTrail's event history") : null, true);
        }
        catch (Exception error) when (Unanswered.Words(error) is not null && !cancellationToken.IsCancellationRequested)
        {
            return (null, false); // a birth certificate is welcome, not needed
        }
    }
}
