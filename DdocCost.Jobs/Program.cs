using DdocCost.Domain;
using DdocCost.Jobs;
using DdocCost.Jobs.Live;
using DdocCost.Jobs.Observability;
using DdocCost.Jobs.Starting;

// How the running process is, for a container's health check.
if (args is ["health", .. var question])
{
    return await HealthProbe.RunAsync(question is [var deep] ? deep : "ready", CancellationToken.None);
}

// The job server as a process of its own; any number of them may run, each with its Jobs:Queues.
return await InWords.RunAsync("jobs", Console.Error, async () =>
{
    var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
    var (jobs, postgres) = (builder.Configuration.GetSection("Jobs").Get<JobsOptions>() ?? new JobsOptions(), MissingSettingException.ConnectionString(builder.Configuration, "Postgres"));
    builder.Services
        .AddDomain(postgres)
        .AddLiveFeed(MissingSettingException.ConnectionString(builder.Configuration, "Redis"))
        .AddJobStorage(postgres)
        .AddObservability(builder.Configuration)
        .AddJobs(jobs.QueuesServed);
    using var host = builder.Build();
    if (await DatabaseWait.UntilThereAsync(host, CancellationToken.None))
    {
        await host.RunAsync();
    }

    return 0;
});
