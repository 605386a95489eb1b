using DdocCost.Domain.Storage;
using DdocCost.Jobs.Archive;
using DdocCost.Jobs.Aws;
using DdocCost.Jobs.Backtest;
using DdocCost.Jobs.Governance;
using DdocCost.Jobs.Notify;
using DdocCost.Jobs.Notify.Channels;
using DdocCost.Jobs.Notify.Watching;
using DdocCost.Jobs.Polling;
using DdocCost.Jobs.Lookup;
using DdocCost.Jobs.Prices;
using DdocCost.Jobs.Queue;
using DdocCost.Jobs.Reconcile;
using DdocCost.Jobs.Reprocess;
using DdocCost.Jobs.Scoring;
using DdocCost.Jobs.Secrets;
using DdocCost.Jobs.Starting;
using DdocCost.Jobs.Upkeep;
using DdocCost.Jobs.Zombies;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Microsoft.Extensions.Options;

namespace DdocCost.Jobs;

/// <summary>The job server, inside the web application or as a process of its own.</summary>
public static class JobsSetup
{
    /// <summary>Schema of the job server's tables.</summary>
    public const string Schema = "hangfire";

    /// <summary>Adds what every process has that takes part: the archive, secrets, migrations, access to the job server's tables (its dashboard too).</summary>
    /// <param name="services">Where to.</param>
    /// <param name="connectionString">PostgreSQL, in Npgsql's form.</param>
    public static IServiceCollection AddJobStorage(this IServiceCollection services, string connectionString)
    {
        services.AddOptions<JobsOptions>().BindConfiguration("Jobs").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RetentionOptions>().BindConfiguration("Retention").ValidateDataAnnotations().ValidateOnStart();
        // This host's own, whatever other host the process holds: Hangfire's static one belongs to whoever set it last.
        services.AddSingleton<JobStorage>(_ => Storage(connectionString));
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddHangfire(hangfire => hangfire
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseFilter(new ForgetSoon()));
        return services
            .AddRawArchive()
            .AddGovernance()
            .AddNotify()
            .AddChannelAdapters()
            .AddSecrets()
            .AddAws()
            .AddAccounts()
            .AddHunt()
            .AddPrices()
            .AddLookup()
            .AddReconcile()
            .AddReprocess()
            .AddSingleton<BacktestHistory>()
            .AddSingleton<BacktestDesk>()
            .AddSingleton<IMigration, JobServerMigration>()
            .AddHostedService<ClockKeeper>()
            .AddHostedService<MigrateAtStart>()
            .AddEventQueue();
    }

    /// <summary>
    /// Adds the job server to the web application's process. Where <c>Jobs:InProcess</c> is false, only what tells people when the job servers
    /// have stopped.
    /// </summary>
    public static IServiceCollection AddJobsInProcess(this IServiceCollection services, IConfiguration configuration)
    {
        var jobs = configuration.GetSection("Jobs").Get<JobsOptions>() ?? new JobsOptions();
        return jobs.InProcess ? services.AddJobs(jobs.QueuesServed) : services.AddDispatcher().AddHostedService<Watchman>();
    }

    /// <summary>Adds the job server itself, after <see cref="AddJobStorage"/>.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="queues">The queues it serves, from <see cref="JobQueue.All"/>.</param>
    /// <remarks>Lane consumers run where <see cref="JobQueue.Score"/> is served, sources are read where <see cref="JobQueue.Ingest"/> is.</remarks>
    public static IServiceCollection AddJobs(this IServiceCollection services, IReadOnlyList<string> queues)
    {
        if (queues.Contains(JobQueue.Score))
        {
            services.AddScoring();
        }

        if (queues.Contains(JobQueue.Ingest))
        {
            services.AddSourceCrew();
        }

        if (queues.Contains(JobQueue.Notify))
        {
            services.AddDispatcher().AddChannelListeners();
        }

        services.AddHostedService<Schedule>();
        services.AddHangfireServer((provider, server) =>
        {
            server.Queues = [.. queues];
            server.WorkerCount = provider.GetRequiredService<IOptions<JobsOptions>>().Value.Workers;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1); // for schedules that count seconds
            server.ShutdownTimeout = TimeSpan.FromSeconds(15);
        });
        return services;
    }

    private static PostgreSqlStorage Storage(string connectionString)
    {
        var options = new PostgreSqlStorageOptions
        {
            SchemaName = Schema,
            PrepareSchemaIfNecessary = false, // migrate does
            QueuePollInterval = TimeSpan.FromSeconds(1),
            UseSlidingInvisibilityTimeout = true, // a job of a killed server starts again soon,
            InvisibilityTimeout = TimeSpan.FromMinutes(1), // and a long one is not taken for dead
            // A lock is a row that a killed process leaves behind. The locks held here last milliseconds, and no start
            // waits longer than 15 seconds for one: with the default of 10 minutes it would fail until then.
            DistributedLockTimeout = TimeSpan.FromSeconds(10),
        };
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(connectionString, options), options);
    }
}
