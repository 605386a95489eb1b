using System.Runtime.CompilerServices;
using System.Xml.Linq;
using DdocCost.Domain.Ledger;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Aws.Credentials;
using Marten;

namespace DdocCost.Jobs.Lookup;

/// <summary>Asks AWS's describe calls, with the credentials of the connected account.</summary>
internal sealed class AwsResourceLookup(AwsClients clients, IDocumentStore store) : IResourceLookup
{
    private static readonly AwsOperation DescribeInstances = AwsServices.Ec2.Operation("DescribeInstances") with { Paging = AwsPaging.Ec2 };
    private static readonly AwsOperation DescribeVolumes = AwsServices.Ec2.Operation("DescribeVolumes") with { Paging = AwsPaging.Ec2 };
    private static readonly AwsOperation DescribeSnapshots = AwsServices.Ec2.Operation("DescribeSnapshots") with { Paging = AwsPaging.Ec2 };
    private static readonly AwsOperation DescribeDatabases = AwsServices.Rds.Operation("DescribeDBInstances") with { Paging = AwsPaging.Marker };
    private static readonly AwsOperation DescribeWarehouses = AwsServices.Redshift.Operation("DescribeClusters") with { Paging = AwsPaging.Marker };

    // Filters instead of ids: an id that AWS does not know any more would refuse the whole call.
    private static readonly IReadOnlyDictionary<string, Question> Questions = new Dictionary<string, Question>
    {
        ["ec2:instance"] = new(DescribeInstances, "instance-id", Ec2Filter, page => page.Items("reservationSet").SelectMany(reservation => reservation.Items("instancesSet")).Select(Instance)),
        ["ec2:volume"] = new(DescribeVolumes, "volume-id", Ec2Filter, page => page.Items("volumeSet").Select(Volume)),
        ["ec2:snapshot"] = new(DescribeSnapshots, "snapshot-id", Ec2Filter, page => page.Items("snapshotSet").Select(Snapshot)),
        ["rds:db"] = new(DescribeDatabases, "db-instance-id", RdsFilter, page => page.Items("DBInstances").Select(Database)),
        ["redshift:cluster"] = new(DescribeWarehouses, "", (_, _) => [], page => page.Items("Clusters").Select(Warehouse)),
    };

    public IReadOnlyCollection<string> Types { get; } = [.. Questions.Keys, .. ServingLookup.Types];

    public async Task<IReadOnlyList<ResourceFacts>> LookUpAsync(
        string tenantId, string accountId, string region, string resourceType, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var client = await ClientAsync(tenantId, accountId, region, cancellationToken);
        try
        {
            var told = ServingLookup.Types.Contains(resourceType) ? ServingLookup.AskAsync(client, resourceType, ids, cancellationToken)
                : DescribedAsync(client, Questions[resourceType], ids, cancellationToken);
            var (wanted, facts) = (ids.ToHashSet(), new List<ResourceFacts>());
            await foreach (var one in told)
            {
                if (wanted.Contains(one.ResourceId))
                    facts.Add(one);
            }

            return facts;
        }
        catch (Exception e) when (e is AwsException or NoCredentialsException)
        {
            throw new ResourceLookupException(e.Message, e);
        }
    }

    private static async IAsyncEnumerable<ResourceFacts> DescribedAsync(
        AwsClient client, Question question, IReadOnlyList<string> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in client.QueryPagesAsync(question.Operation, question.Filter(question.Name, ids), cancellationToken))
        {
            foreach (var one in question.Read(page))
                yield return one;
        }
    }

    public IReadOnlyCollection<string> DefinitionTypes => DefinitionLookup.Types;

    public async Task<IReadOnlyList<DefinedPart>> DefinedAsync(string tenantId, string accountId, string region, string definition, CancellationToken cancellationToken)
    {
        var client = await ClientAsync(tenantId, accountId, region, cancellationToken);
        try
        {
            return await DefinitionLookup.AskAsync(client, definition, cancellationToken);
        }
        catch (Exception e) when (e is AwsException or NoCredentialsException)
        {
            throw new ResourceLookupException(e.Message, e);
        }
    }

    private async Task<AwsClient> ClientAsync(string tenantId, string accountId, string region, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(tenantId);
        var account = await session.Query<ConnectedAccount>().FirstOrDefaultAsync(one => one.AccountId == accountId, cancellationToken)
            ?? throw new ResourceLookupException("the account is not connected");
        return clients.For(tenantId, account, region);
    }

    private static Dictionary<string, string> Ec2Filter(string name, IReadOnlyList<string> ids) =>
        new(ids.Select((id, i) => KeyValuePair.Create($"Filter.1.Value.{i + 1}", id)).Prepend(KeyValuePair.Create("Filter.1.Name", name)));

    private static Dictionary<string, string> RdsFilter(string name, IReadOnlyList<string> ids) =>
        new(ids.Select((id, i) => KeyValuePair.Create($"Filters.Filter.1.Values.Value.{i + 1}", id)).Prepend(KeyValuePair.Create("Filters.Filter.1.Name", name)));

    private static ResourceFacts Instance(XElement instance) => new("ec2:instance", instance.Text("instanceId") ?? "")
    {
        Size = instance.Text("instanceType"),
        Platform = instance.Text("platformDetails") ?? instance.Text("platform"),
        Tenancy = instance.Element("placement")?.Text("tenancy"),
        Spot = instance.Text("instanceLifecycle") == "spot",
    };

    private static ResourceFacts Volume(XElement volume) => new("ec2:volume", volume.Text("volumeId") ?? "")
    {
        Size = volume.Text("volumeType"),
        StorageGib = volume.Number("size"),
        Iops = volume.Number("iops"),
        ThroughputMibps = volume.Number("throughput"),
    };

    private static ResourceFacts Snapshot(XElement snapshot) => new("ec2:snapshot", snapshot.Text("snapshotId") ?? "") { StorageGib = snapshot.Number("volumeSize") };

    private static ResourceFacts Database(XElement database) => new("rds:db", database.Text("DBInstanceIdentifier") ?? "")
    {
        Size = database.Text("DBInstanceClass"),
        Engine = database.Text("Engine"),
        StorageGib = database.Number("AllocatedStorage"),
        StorageType = database.Text("StorageType"),
        Iops = database.Number("Iops"),
        MultiAz = database.Text("MultiAZ") == "true",
    };

    private static ResourceFacts Warehouse(XElement cluster) => new("redshift:cluster", cluster.Text("ClusterIdentifier") ?? "")
    {
        Size = cluster.Text("NodeType"),
        Quantity = cluster.Number("NumberOfNodes"),
    };

    private sealed record Question(
        AwsOperation Operation, string Name, Func<string, IReadOnlyList<string>, Dictionary<string, string>> Filter, Func<XElement, IEnumerable<ResourceFacts>> Read);
}
