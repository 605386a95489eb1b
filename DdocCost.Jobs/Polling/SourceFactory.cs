using System.Text.Json;
using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Sources;
using DdocCost.Jobs.Aws;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs.Polling;

/// <summary>A source that somebody wants read.</summary>
/// <param name="TenantId">Whose it is.</param>
/// <param name="Id">Its id within the tenant.</param>
/// <param name="Settings">All that it is made of, as text: changed settings mean another reader.</param>
/// <param name="IsPaused">Not now.</param>
/// <param name="Make">Makes its reader.</param>
internal sealed record WantedSource(string TenantId, string Id, string Settings, bool IsPaused, Func<ITrailSource> Make);

/// <summary>Makes readers of what is configured.</summary>
internal sealed class SourceFactory(
    AwsClients clients, Intake intake, SourcePositions positions, FolderSource folders, IOptions<PollingOptions> options, TimeProvider clock)
{
    /// <summary>The sources of a connected account.</summary>
    public IEnumerable<WantedSource> Of(string tenantId, ConnectedAccount account) => account.Sources.Select(source => new WantedSource(
        tenantId, account.IdOf(source), JsonSerializer.Serialize(new { source, account.Access, account.Regions, account.OrganizationId }), source.IsPaused,
        () => Make(tenantId, account, source)));

    /// <summary>A watched folder.</summary>
    public WantedSource Of(WatchedFolder folder) => new(
        folder.Tenant, FolderSource.NameOf(folder.Path), folder.Settle.ToString(), IsPaused: false,
        () => new WatchedFolderSource(folders, folder.Tenant, folder.Path, folder.Settle));

    private ITrailSource Make(string tenantId, ConnectedAccount account, TrailSource source)
    {
        var (id, accounts, polling) = (account.IdOf(source), account.SpeaksFor(), options.Value);
        return source switch
        {
            TrailSource.TrailBucket bucket => new TrailBucketSource(
                Bucket(bucket.Bucket, bucket.Region), bucket, tenantId, id, accounts, intake, positions, polling, clock),
            TrailSource.EventQueue queue => new EventQueueSource(Queue(queue), tenantId, id, accounts, intake, polling, clock),
            TrailSource.BucketNotifications queue => new BucketNotificationSource(
                Queue(queue), bucket => Bucket(bucket, queue.Region), tenantId, id, accounts, intake, polling, clock),
            TrailSource.EventLookup lookup => new EventLookupSource(
                region => clients.For(tenantId, account, region), account.Regions, lookup, tenantId, id, accounts, intake, positions, polling, clock),
            _ => throw new ArgumentException($"No reader for {source.Kind}.", nameof(source)),
        };

        S3Bucket Bucket(string name, string region) => new(clients, tenantId, account, name, region);
        SqsQueue Queue(TrailSource.Queue queue) => new(clients.For(tenantId, account, queue.Region), queue.QueueUrl);
    }
}
