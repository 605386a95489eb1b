using DdocCost.Domain.Zombies;

namespace DdocCost.Jobs.Zombies.Collectors;

/// <summary>Load balancers of all kinds, with their listeners and the health of what is behind them.</summary>
internal static class LoadBalancerCollectors
{
    // DescribeTags takes at most 20 at a time. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html
    private const int TagsAtATime = 20;

    public static readonly IReadOnlyList<Collector> All =
    [
        new(Kinds.ClassicBalancer, Classic),
        new(Kinds.Balancer, Balancers),
        new(Kinds.Listener, Listeners),
        new(Kinds.TargetGroup, TargetGroups),
    ];

    private static async IAsyncEnumerable<Resource?> Classic(RegionReader aws)
    {
        var all = await aws.Items("elb:DescribeLoadBalancers", "LoadBalancerDescriptions").ToListAsync(aws.Stop);
        var tags = await TagsAsync(aws, "elb:DescribeTags", "LoadBalancerNames", "LoadBalancerName", all.Select(x => x.Text("LoadBalancerName")));
        foreach (var x in all)
        {
            if (aws.Make(x.Text("LoadBalancerName"), tags.GetValueOrDefault(x.Text("LoadBalancerName") ?? "")) is not { } made)
                continue;
            var states = (await aws.PartAsync("elb:DescribeInstanceHealth", "InstanceStates", ("LoadBalancerName", made.Id))).All.ToList();
            yield return (made with { Created = x.Time("CreatedTime"), Size = "classic" })
                .With("registered", states.Count).With("inService", states.Count(state => state.Text("State") == "InService"));
        }
    }

    private static async IAsyncEnumerable<Resource?> Balancers(RegionReader aws)
    {
        var all = await aws.Items("elbv2:DescribeLoadBalancers", "LoadBalancers").ToListAsync(aws.Stop);
        var tags = await TagsAsync(aws, "elbv2:DescribeTags", "ResourceArns", "ResourceArn", all.Select(x => x.Text("LoadBalancerArn")));
        foreach (var x in all)
        {
            var arn = x.Text("LoadBalancerArn");
            if (aws.Make(arn, tags.GetValueOrDefault(arn ?? "")) is not { } made)
                continue;
            yield return (made with { Name = x.Text("LoadBalancerName"), Arn = arn, State = x["State"].Text("Code"), Created = x.Time("CreatedTime"), Size = x.Text("Type") })
                .With("type", x.Text("Type"))
                .With("scheme", x.Text("Scheme"))
                .With("dimension", arn!.Split("loadbalancer/") is [_, var dimension] ? dimension : null); // app/web/0123456789abcdef
        }
    }

    private static async IAsyncEnumerable<Resource?> Listeners(RegionReader aws)
    {
        await foreach (var balancer in aws.Items("elbv2:DescribeLoadBalancers", "LoadBalancers"))
        {
            if (balancer.Text("LoadBalancerArn") is not { } arn || balancer.Text("Type") == "gateway")
                continue;
            await foreach (var x in aws.Items("elbv2:DescribeListeners", "Listeners", ("LoadBalancerArn", arn)))
            {
                if (aws.Make(x.Text("ListenerArn")) is not { } made)
                    continue;
                var answers = x.Items("DefaultActions").Any(AnswersItself);
                // Only an application load balancer has rules besides the default one.
                if (!answers && balancer.Text("Type") == "application")
                    answers = await aws.Items("elbv2:DescribeRules", "Rules", ("ListenerArn", made.Id)).AnyAsync(rule => rule.Items("Actions").Any(AnswersItself), aws.Stop);
                yield return made.With("answers", answers).Linking("balancers", arn);
            }
        }
    }

    private static async IAsyncEnumerable<Resource?> TargetGroups(RegionReader aws)
    {
        await foreach (var x in aws.Items("elbv2:DescribeTargetGroups", "TargetGroups"))
        {
            if (aws.Make(x.Text("TargetGroupArn")) is not { } made)
                continue;
            var targets = (await aws.PartAsync("elbv2:DescribeTargetHealth", "TargetHealthDescriptions", ("TargetGroupArn", made.Id))).All.ToList();
            // "unused" and "unavailable" say that nobody checks (a function, a group without checks), not that a target is ill.
            var isChecked = x.Flag("HealthCheckEnabled") != false && x.Text("TargetType") != "lambda";
            yield return (made with { Name = x.Text("TargetGroupName") })
                .With("registered", targets.Count)
                .With("healthy", isChecked ? targets.Count(target => target["TargetHealth"].Text("State") is "healthy" or "draining" or "initial") : targets.Count)
                .Linking("balancers", x.Texts("LoadBalancerArns"));
        }
    }

    private static bool AnswersItself(Wire action) => action.Text("Type") is "redirect" or "fixed-response";

    private static async Task<Dictionary<string, IReadOnlyDictionary<string, string>>> TagsAsync(RegionReader aws, string call, string list, string id, IEnumerable<string?> ids)
    {
        var tags = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        foreach (var some in ids.OfType<string>().Chunk(TagsAtATime))
        {
            foreach (var x in (await aws.PartAsync(call, "TagDescriptions", (list, some))).All)
            {
                if (x.Text(id) is { } of)
                    tags[of] = x.Tags("Tags");
            }
        }

        return tags;
    }
}
