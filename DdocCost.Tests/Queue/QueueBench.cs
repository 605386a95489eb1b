using DdocCost.Domain.Ingestion;
using DdocCost.Domain.Queue;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Queue;
using DdocCost.Jobs.Scoring;
using DdocCost.Tests.Aws;
using DdocCost.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DdocCost.Tests.Queue;

/// <summary>The durable pipeline on one of the queues; SQS is a server of its own, spoken to over HTTP.</summary>
internal sealed class QueueBench : IAsyncDisposable
{
    /// <summary>The lane of those accounts that <see cref="SendAsync"/> sends for.</summary>
    public const int Lane = 3;

    private static int _names;

    private readonly TempFolder _folder;
    private readonly bool _ownsFolder;
    private readonly QueueKind _kind;
    private readonly string _awsUrl;
    private readonly QueueBenchOptions _options;

    private QueueBench(QueueKind kind, string database, string awsUrl, string url, TempFolder folder, bool ownsFolder, QueueBenchOptions options)
    {
        (_kind, Database, _awsUrl, Url, _folder, _ownsFolder, _options) = (kind, database, awsUrl, url, folder, ownsFolder, options);
        Pipeline = new Pipeline(database, folder["archive"], services =>
        {
            services.AddSingleton<ISecretBox, PlainBox>().AddAws().AddEventQueue();
            services.Configure<AwsOptions>(aws => (aws.Endpoints["Default"], aws.FirstPause, aws.Attempts) = (awsUrl, TimeSpan.FromMilliseconds(1), 2));
            services.Configure<ScoringOptions>(scoring => scoring.Hide = TimeSpan.FromSeconds(10));
            services.Configure<QueueOptions>(queue => queue.Kind = kind);
            services.Configure<SqsOptions>(sqs => (sqs.Url, sqs.AccessKeyId, sqs.SecretKey, sqs.Region, sqs.Wait) = (url, "test", "test", "eu-west-1", options.Wait));
            if (options.Archive is { } wrap)
            {
                Pipeline.WithoutHandOver(services);
                services.AddSingleton(wrap(new FolderArchive(folder["archive"])));
            }
        });
    }

    /// <summary>Its database.</summary>
    public string Database { get; }

    /// <summary>What the URLs of its queues in SQS begin with.</summary>
    public string Url { get; }

    /// <summary>The pipeline; its consumers and its relay run once it is started.</summary>
    public Pipeline Pipeline { get; }

    /// <summary>The queue.</summary>
    public IEventQueue Queue => Pipeline.Get<IEventQueue>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Builds one, its queues empty.</summary>
    public static async Task<QueueBench> StartAsync(QueueFlavour flavour, PostgresServer postgres, AwsServer aws, QueueBenchOptions? options = null)
    {
        var kind = QueueFlavours.KindOf(flavour);
        var awsUrl = kind == QueueKind.Sqs ? await aws.UrlAsync() : "http://127.0.0.1:9/";
        var bench = new QueueBench(
            kind, await postgres.NewDatabaseAsync(flavour), awsUrl, $"http://127.0.0.1/000000000000/lanes{Interlocked.Increment(ref _names)}", new TempFolder(), ownsFolder: true,
            options ?? new QueueBenchOptions());
        if (kind == QueueKind.Sqs)
        {
            await bench.Pipeline.Get<SqsLanes>().CreateAsync(Stop);
        }

        return bench;
    }

    /// <summary>Another process on the same database, archive and queues; or one that finds no SQS at its address.</summary>
    public QueueBench Another(string? awsUrl = null) => new(_kind, Database, awsUrl ?? _awsUrl, Url, _folder, ownsFolder: false, _options);

    /// <summary>A connection, as a lane's owner has one.</summary>
    public async Task<NpgsqlConnection> OpenAsync() => await Pipeline.Get<NpgsqlDataSource>().OpenConnectionAsync(Stop);

    /// <summary>Sends pointers of an account in one transaction; they are readable then.</summary>
    public async Task SendAsync(NpgsqlConnection connection, string account, params long[] sequence)
    {
        await SendOnlyAsync(connection, account, sequence);
        await ForwardAsync(connection);
    }

    /// <summary>Sends pointers in a transaction; a queue outside of the database does not have them yet.</summary>
    public async Task SendOnlyAsync(NpgsqlConnection connection, string account, params long[] sequence)
    {
        await using var batch = connection.CreateBatch();
        Queue.Send(batch, Lane, [.. sequence.Select(number => new DeliveryPointer("t", account, number, "key", "name", 1))]);
        await batch.ExecuteNonQueryAsync(Stop);
    }

    /// <summary>What the relay does.</summary>
    public Task<int> ForwardAsync(NpgsqlConnection connection) =>
        _kind == QueueKind.Sqs ? Pipeline.Get<SqsRelay>().ForwardAsync(connection, Stop) : Task.FromResult(0);

    /// <summary>Reads.</summary>
    public Task<List<LaneMessage>> ReadAsync(NpgsqlConnection connection, int quantity = 100, int hideSeconds = 60) =>
        Queue.ReadAsync(connection, Lane, TimeSpan.FromSeconds(hideSeconds), quantity, Stop);

    /// <summary>Takes messages out of the lane, as a consumer does that has stored what they say.</summary>
    /// <returns>Whether all were there.</returns>
    public async Task<bool> FinishAsync(NpgsqlConnection connection, IEnumerable<LaneMessage> messages)
    {
        long[] ids = [.. messages.Select(message => message.Id)];
        var all = await Queue.DeleteAsync(connection, Lane, ids, Stop);
        await Queue.CommittedAsync(Lane, ids, Stop);
        return all;
    }

    /// <summary>Reads and finishes until so many have come.</summary>
    public async Task<List<LaneMessage>> DrainAsync(NpgsqlConnection connection, int count)
    {
        var all = new List<LaneMessage>();
        await Eventually.TrueAsync(async () =>
        {
            await ForwardAsync(connection);
            var read = await ReadAsync(connection);
            Assert.True(await FinishAsync(connection, read));
            all.AddRange(read);
            return all.Count >= count;
        }, $"{count} messages");
        return all;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Pipeline.DisposeAsync();
        if (_ownsFolder)
        {
            _folder.Dispose();
        }
    }
}

/// <summary>How a bench differs from others.</summary>
/// <param name="Wait">How long one call to SQS waits for messages.</param>
/// <param name="Archive">Stands before the archive, which then is read for every delivery; null for the usual way.</param>
internal sealed record QueueBenchOptions(TimeSpan Wait = default, Func<IRawArchive, IRawArchive>? Archive = null);
