using DdocCost.Domain.Sources;
using DdocCost.Domain.Storage;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Polling;
using DdocCost.Tests.Aws;
using DdocCost.Tests.Support;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace DdocCost.Tests.Sources;

/// <summary>The durable pipeline with sources, against AWS at an address of the test's; quick about everything.</summary>
internal sealed class SourceBench : IAsyncDisposable
{
    /// <summary>The account that test records belong to.</summary>
    public const string Account = "111122223333";

    /// <summary>The tenant.</summary>
    public const string Tenant = "acme";

    private readonly TempFolder _folder;
    private readonly bool _ownsFolder;

    private SourceBench(
        string database, TempFolder folder, bool ownsFolder, string awsUrl, bool crew, Action<PollingOptions>? options, Action<IServiceCollection>? more)
    {
        (Database, _folder, _ownsFolder, AwsUrl) = (database, folder, ownsFolder, awsUrl);
        Pipeline = new Pipeline(database, folder["archive"], services =>
        {
            services.AddSingleton<ISecretBox, PlainBox>().AddAws().AddAccounts();
            _ = crew ? services.AddSourceCrew() : services.AddSingleton<SourceFactory>();
            services.Configure<AwsOptions>(aws => (aws.Endpoints["Default"], aws.FirstPause, aws.Attempts) = (awsUrl, TimeSpan.FromMilliseconds(1), 2));
            services.Configure<PollingOptions>(polling =>
            {
                (polling.QueueWait, polling.FirstPause, polling.ReviewEvery) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(50));
                (polling.BranchLeast, polling.BranchMost, polling.DiscoverEvery) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
                polling.LookupEvery = TimeSpan.FromMilliseconds(100);
                options?.Invoke(polling);
            });
            more?.Invoke(services);
        });
    }

    /// <summary>Its database.</summary>
    public string Database { get; }

    /// <summary>Where AWS is.</summary>
    public string AwsUrl { get; }

    /// <summary>The pipeline.</summary>
    public Pipeline Pipeline { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Builds one.</summary>
    public static async Task<SourceBench> StartAsync(
        PostgresServer postgres, string awsUrl, bool crew = false, Action<PollingOptions>? options = null, Action<IServiceCollection>? more = null) =>
        new(await postgres.NewDatabaseAsync(), new TempFolder(), ownsFolder: true, awsUrl, crew, options, more);

    /// <summary>Another process on the same database and archive, as after a crash or beside this one.</summary>
    public SourceBench Another(bool crew = false) => new(Database, _folder, ownsFolder: false, AwsUrl, crew, options: null, more: null);

    /// <summary>An account with sources.</summary>
    public static ConnectedAccount With(params TrailSource[] sources) => AwsHost.Account() with { Id = Account, AccountId = Account, Sources = sources };

    /// <summary>The reader of an account's only source.</summary>
    public ITrailSource Reader(ConnectedAccount account) => Pipeline.Get<SourceFactory>().Of(Tenant, account).Single().Make();

    /// <summary>Looks until there is nothing more.</summary>
    public static async Task<SourceReading> ReadAllAsync(ITrailSource source)
    {
        var reading = await source.ReadAsync(Stop);
        while (reading.HasMore && (reading.Taken.Taken > 0 || reading.Progress is not null))
        {
            reading = await source.ReadAsync(Stop);
        }

        return reading;
    }

    /// <summary>Numbers of the records that are scored by now, each as often as it counts, once the queue is empty.</summary>
    public async Task<IReadOnlyList<int>> ScoredAsync()
    {
        await Pipeline.DrainedAsync(Tenant);
        var events = await Pipeline.CostEventsAsync(Tenant);
        return [.. events.Select(e => (int)(BitConverter.ToUInt32(e.Id.ToByteArray()))).Order()];
    }

    /// <summary>Connects an account, as the page does.</summary>
    public async Task ConnectAsync(ConnectedAccount account) =>
        Assert.Empty((await Pipeline.Get<AccountDesk>().ConnectAsync(Tenant, account, "ada", Stop)).Problems);

    /// <summary>Changes the account.</summary>
    public async Task ChangeAsync(Func<ConnectedAccount, ConnectedAccount> change) =>
        Assert.Empty((await Pipeline.Get<AccountDesk>().ChangeAsync(Tenant, Account, change, "ada", "source.change", Stop)).Problems);

    /// <summary>How its only source is doing; null where nobody has looked.</summary>
    public async Task<SourceStatus?> StatusAsync()
    {
        await using var session = Pipeline.Get<IDocumentStore>().QuerySession(Tenant);
        return await session.Query<SourceStatus>().FirstOrDefaultAsync(Stop);
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
